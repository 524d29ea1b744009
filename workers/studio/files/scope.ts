// Which name means what in a module: finds names that nothing declares, which throw a ReferenceError as soon as they are reached,
// and which imports are really used. Follows ECMA-262's rules of scope; what it cannot know it does not report.
import type { Program } from "acorn";
import { childrenOf, isFunction, type Node } from "./program.ts";

export interface Reference {
	name: string;
	start: number;
	end: number;
	isWrite: boolean;
	/** `{ name }`: replacing it must keep the key. */
	isShorthand: boolean;
	/** Runs whenever the module is evaluated: not in a function, nor behind a condition. */
	isImmediate: boolean;
	/** What it is part of. */
	parent: Node | null;
}

export interface Scopes {
	/** Names that no declaration of the file reaches, as often as they occur. */
	free: Reference[];
	/** References to what the top of the module declares or imports, by name. */
	top: Map<string, Reference[]>;
	/** Names declared at the top, and how. */
	declared: Map<string, Kind>;
	/** Names that the code asks for with `typeof` before it uses them. */
	guarded: Set<string>;
	/** Assignments to constants and to imports, which throw. */
	constantWrites: Reference[];
}

type Kind = "var" | "let" | "const" | "function" | "class" | "import" | "param";

class Scope {
	readonly names = new Map<string, Kind>();
	readonly parent: Scope | null;
	readonly isFunction: boolean;

	constructor(parent: Scope | null, isFunctionScope: boolean) {
		this.parent = parent;
		this.isFunction = isFunctionScope;
	}

	find(name: string): Scope | null {
		for (let scope: Scope | null = this; scope; scope = scope.parent) if (scope.names.has(name)) return scope;
		return null;
	}
}

interface Place {
	scope: Scope;
	parent: Node | null;
	isImmediate: boolean;
	isShorthand?: boolean;
}

/** Null when the code is nested too deeply to be followed; then nothing is known of its names. */
export function readScopes(program: Program): Scopes | null {
	try {
		return new Reader().read(program);
	} catch (error) {
		if (error instanceof RangeError) return null;
		throw error;
	}
}

class Reader {
	readonly #found: Scopes = {
		free: [],
		top: new Map(),
		declared: new Map(),
		guarded: new Set(),
		constantWrites: [],
	};
	#top = new Scope(null, true);

	read(program: Program): Scopes {
		declareBlock(program.body, this.#top);
		for (const node of program.body) hoistVars(node, this.#top);
		for (const [name, kind] of this.#top.names) this.#found.declared.set(name, kind);
		for (const node of program.body) this.#visit(node, { scope: this.#top, parent: program, isImmediate: true });
		return this.#found;
	}

	#refer(node: Node & { name: string }, place: Place, isWrite: boolean): void {
		const { name, start, end } = node;
		const { parent, isImmediate, isShorthand = false } = place;
		const reference: Reference = { name, start, end, isWrite, isShorthand, isImmediate, parent };
		const scope = place.scope.find(name);
		if (scope === null) this.#found.free.push(reference);
		else if (scope === this.#top) {
			const known = this.#found.top.get(name);
			if (known) known.push(reference);
			else this.#found.top.set(name, [reference]);
		}
		const kind = scope?.names.get(name);
		if (isWrite && (kind === "const" || kind === "import")) this.#found.constantWrites.push(reference);
	}

	#visit(node: Node, place: Place): void {
		const inside = (next: Partial<Place> = {}): Place => ({ ...place, isShorthand: false, parent: node, ...next });
		const each = (nodes: readonly (Node | null | undefined)[], next?: Partial<Place>) => {
			for (const one of nodes) if (one) this.#visit(one, inside(next));
		};
		if (isFunction(node)) {
			this.#visitFunction(node, place);
			return;
		}
		switch (node.type) {
			case "Identifier":
				this.#refer(node, place, false);
				return;
			case "ClassDeclaration":
			case "ClassExpression": {
				each([node.superClass]);
				const scope = new Scope(place.scope, false);
				if (node.id) scope.names.set(node.id.name, "class");
				for (const part of node.body.body) this.#visit(part, inside({ scope }));
				return;
			}
			case "MethodDefinition":
				if (node.computed) each([node.key]);
				each([node.value]);
				return;
			case "PropertyDefinition": {
				if (node.computed) each([node.key]);
				if (node.value) this.#deferred(node.value, node, place, node.static && place.isImmediate);
				return;
			}
			case "StaticBlock": {
				const scope = new Scope(place.scope, true);
				declareBlock(node.body, scope);
				for (const one of node.body) hoistVars(one, scope);
				each(node.body, { scope });
				return;
			}
			case "BlockStatement": {
				const scope = new Scope(place.scope, false);
				declareBlock(node.body, scope);
				each(node.body, { scope });
				return;
			}
			case "ForStatement":
			case "ForInStatement":
			case "ForOfStatement": {
				const scope = new Scope(place.scope, false);
				const head = node.type === "ForStatement" ? node.init : node.left;
				if (head?.type === "VariableDeclaration") declareBlock([head], scope);
				const next = { scope, isImmediate: false };
				if (node.type === "ForStatement") {
					each([node.init, node.test, node.update, node.body], next);
					return;
				}
				if (node.left.type === "VariableDeclaration") each([node.left], next);
				else this.#assign(node.left, inside(next));
				each([node.right, node.body], next);
				return;
			}
			case "SwitchStatement": {
				each([node.discriminant]);
				const scope = new Scope(place.scope, false);
				declareBlock(
					node.cases.flatMap((one) => one.consequent),
					scope,
				);
				for (const one of node.cases) each([one.test, ...one.consequent], { scope, isImmediate: false });
				return;
			}
			case "CatchClause": {
				const scope = new Scope(place.scope, false);
				if (node.param) {
					declarePattern(node.param, scope, "let");
					this.#visitPattern(node.param, inside({ scope }));
				}
				each([node.body], { scope, isImmediate: false });
				return;
			}
			case "TryStatement":
				each([node.block, node.handler, node.finalizer], { isImmediate: false });
				return;
			case "IfStatement":
			case "ConditionalExpression":
				each([node.test]);
				each([node.consequent, node.alternate], { isImmediate: false });
				return;
			case "LogicalExpression":
				each([node.left]);
				each([node.right], { isImmediate: false });
				return;
			case "WhileStatement":
			case "DoWhileStatement":
				each([node.test, node.body], { isImmediate: false });
				return;
			case "ChainExpression":
				each([node.expression], { isImmediate: false });
				return;
			case "VariableDeclarator":
				this.#visitPattern(node.id, inside());
				each([node.init]);
				return;
			case "AssignmentExpression":
				this.#assign(node.left, inside());
				if (node.operator !== "=" && node.left.type === "Identifier") this.#refer(node.left, inside(), false);
				each([node.right]);
				return;
			case "UpdateExpression":
				this.#assign(node.argument, inside());
				return;
			case "UnaryExpression":
				if (node.operator === "typeof" && node.argument.type === "Identifier")
					this.#found.guarded.add(node.argument.name);
				each([node.argument]);
				return;
			case "MemberExpression":
				each([node.object]);
				if (node.computed) each([node.property]);
				return;
			case "Property":
				if (node.computed) each([node.key]);
				this.#visit(node.value, { ...inside(), isShorthand: node.shorthand });
				return;
			case "LabeledStatement":
				each([node.body]);
				return;
			case "BreakStatement":
			case "ContinueStatement":
			case "MetaProperty":
			case "ImportDeclaration":
			case "ExportAllDeclaration":
				return;
			case "ExportNamedDeclaration":
				if (node.source) return;
				if (node.declaration) {
					each([node.declaration]);
					return;
				}
				for (const one of node.specifiers)
					if (one.local.type === "Identifier")
						this.#refer(one.local, inside({ parent: one, isImmediate: false }), false);
				return;
			default:
				each(childrenOf(node));
				return;
		}
	}

	/** What runs later, or as part of building a class. */
	#deferred(node: Node, parent: Node, place: Place, isImmediate: boolean): void {
		const scope = new Scope(place.scope, true);
		this.#visit(node, { scope, parent, isImmediate });
	}

	#visitFunction(node: Extract<Node, { params: unknown }>, place: Place): void {
		const scope = new Scope(place.scope, true);
		if (node.type === "FunctionExpression" && node.id) scope.names.set(node.id.name, "function");
		if (node.type !== "ArrowFunctionExpression") scope.names.set("arguments", "var");
		const inner = new Scope(scope, true);
		for (const param of node.params) declarePattern(param, inner, "param");
		const next: Place = { scope: inner, parent: node, isImmediate: false };
		for (const param of node.params) this.#visitPattern(param, next);
		if (node.body.type !== "BlockStatement") {
			this.#visit(node.body, next);
			return;
		}
		declareBlock(node.body.body, inner);
		for (const one of node.body.body) hoistVars(one, inner);
		for (const one of node.body.body) this.#visit(one, { ...next, parent: node.body });
	}

	/** Names in a declaring pattern are no references; defaults and computed keys are. */
	#visitPattern(node: Node, place: Place): void {
		const next = { ...place, parent: node };
		switch (node.type) {
			case "Identifier":
				return;
			case "AssignmentPattern":
				this.#visitPattern(node.left, next);
				this.#visit(node.right, next);
				return;
			case "ArrayPattern":
				for (const one of node.elements) if (one) this.#visitPattern(one, next);
				return;
			case "ObjectPattern":
				for (const one of node.properties) {
					if (one.type === "RestElement") this.#visitPattern(one.argument, next);
					else {
						if (one.computed) this.#visit(one.key, next);
						this.#visitPattern(one.value, next);
					}
				}
				return;
			case "RestElement":
				this.#visitPattern(node.argument, next);
				return;
			default:
				this.#visit(node, next);
				return;
		}
	}

	#assign(node: Node, place: Place): void {
		switch (node.type) {
			case "Identifier":
				this.#refer(node, place, true);
				return;
			case "AssignmentPattern":
				this.#assign(node.left, place);
				this.#visit(node.right, place);
				return;
			case "ArrayPattern":
				for (const one of node.elements) if (one) this.#assign(one, place);
				return;
			case "ObjectPattern":
				for (const one of node.properties) {
					if (one.type === "RestElement") this.#assign(one.argument, place);
					else {
						if (one.computed) this.#visit(one.key, place);
						this.#assign(one.value, place);
					}
				}
				return;
			case "RestElement":
				this.#assign(node.argument, place);
				return;
			default:
				this.#visit(node, place);
				return;
		}
	}
}

/** let, const, class, import and function declarations directly in a list of statements. */
function declareBlock(body: readonly Node[], scope: Scope): void {
	for (const statement of body) {
		const node =
			(statement.type === "ExportNamedDeclaration" || statement.type === "ExportDefaultDeclaration") &&
			statement.declaration
				? statement.declaration
				: statement;
		if (node.type === "ImportDeclaration") {
			for (const one of node.specifiers) scope.names.set(one.local.name, "import");
		} else if (node.type === "FunctionDeclaration" || node.type === "ClassDeclaration") {
			if (node.id) scope.names.set(node.id.name, node.type === "ClassDeclaration" ? "class" : "function");
		} else if (node.type === "VariableDeclaration" && node.kind !== "var") {
			const kind = node.kind === "let" ? "let" : "const";
			for (const one of node.declarations) declarePattern(one.id, scope, kind);
		} else if (node.type === "LabeledStatement") declareBlock([node.body], scope);
	}
}

/** `var` belongs to the function around it, however deep it stands; so do functions in blocks of sloppy code. */
function hoistVars(node: Node, scope: Scope): void {
	const waiting: Node[] = [node];
	for (let next = waiting.pop(); next; next = waiting.pop()) {
		if (isFunction(next) || next.type === "ClassDeclaration" || next.type === "ClassExpression") continue;
		if (next.type === "VariableDeclaration" && next.kind === "var") {
			for (const one of next.declarations) declarePattern(one.id, scope, "var");
		}
		for (const child of childrenOf(next)) {
			if (child.type === "FunctionDeclaration" && !scope.names.has(child.id?.name ?? ""))
				scope.names.set(child.id?.name ?? "", "function");
			waiting.push(child);
		}
	}
}

function declarePattern(node: Node, scope: Scope, kind: Kind): void {
	switch (node.type) {
		case "Identifier":
			scope.names.set(node.name, kind);
			return;
		case "AssignmentPattern":
			declarePattern(node.left, scope, kind);
			return;
		case "ArrayPattern":
			for (const one of node.elements) if (one) declarePattern(one, scope, kind);
			return;
		case "ObjectPattern":
			for (const one of node.properties)
				declarePattern(one.type === "RestElement" ? one.argument : one.value, scope, kind);
			return;
		case "RestElement":
			declarePattern(node.argument, scope, kind);
			return;
		default:
			return;
	}
}
