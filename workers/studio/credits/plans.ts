// What each plan includes, in one table. An operator sets a plan by script; there is no payment.
import type { Plan } from "#schema/api/workspace.ts";

export interface Entitlements {
	/** Granted once, when the workspace is made or the operator sets the plan. */
	credits: number;
	maxApps: number;
	/** Versions of one app that were saved or restored by hand: a prompt is paid with credits, these are not. */
	handVersions: { count: number; bytes: number };
	/** Invite people by e-mail, to one app or the whole workspace. */
	mayInvite: boolean;
	/** Share by link and list in Discover. */
	mayPublish: boolean;
	/** Use a provider key or endpoint of the workspace's own. */
	mayBringKey: boolean;
}

const mega = 1_000_000;

export const entitlements = {
	free: {
		credits: 100,
		maxApps: 20,
		handVersions: { count: 500, bytes: 100 * mega },
		mayInvite: false,
		mayPublish: true,
		mayBringKey: false,
	},
	pro: {
		credits: 1_000,
		maxApps: 200,
		handVersions: { count: 2_000, bytes: 500 * mega },
		mayInvite: false,
		mayPublish: true,
		mayBringKey: true,
	},
	studio: {
		credits: 5_000,
		maxApps: 2_000,
		handVersions: { count: 10_000, bytes: 2_000 * mega },
		mayInvite: true,
		mayPublish: true,
		mayBringKey: true,
	},
} as const satisfies Record<Plan, Entitlements>;
