// What to do instead of a library that is often asked for and is not here.

const instead: readonly [pattern: RegExp, advice: string][] = [
	[
		/^react-router|^wouter|^@tanstack\/(react-)?router/,
		"Keep the view in state, or in location.hash with a hashchange listener.",
	],
	[
		/^lucide|icons?($|[/-])|^@heroicons|^@fortawesome|fontawesome/,
		"Draw icons as inline <svg>, or use text and emoji.",
	],
	[
		/^(clsx|classnames|tailwind-merge|class-variance-authority)$/,
		'Join class names by hand: [a, b].filter(Boolean).join(" ").',
	],
	[/^(date-fns|dayjs|moment|luxon)/, "Use Date and Intl.DateTimeFormat."],
	[
		/^(axios|ky|got|swr|@tanstack\/react-query|react-query|graphql)/,
		"An app reaches no other host; keep data in collections of freehold.",
	],
	[/^(framer-motion|motion|gsap|react-spring|@react-spring)/, "Use CSS transitions and animations."],
	[
		/^(zustand|jotai|recoil|redux|react-redux|@reduxjs|mobx|immer|valtio)/,
		"Keep state with useReducer and a context, or with @preact/signals.",
	],
	[
		/^(recharts|victory|d3|@nivo|apexcharts|react-chartjs-2|echarts|highcharts|plotly)/,
		'Use "chart.js/auto" with a <canvas> and a ref, or draw an <svg>.',
	],
	[/^(uuid|nanoid|cuid)/, "Use crypto.randomUUID()."],
	[/^(lodash|underscore|ramda)/, "Write the few functions that are needed."],
	[/^(styled-components|@emotion|@stitches|styled-jsx|tailwindcss|@tailwind|sass)/, "Write a .css file and import it."],
	[
		/^(@mui|antd|@chakra|@mantine|@radix-ui|@headlessui|react-bootstrap|bootstrap|@shadcn|shadcn|primereact)/,
		"Write plain elements with your own CSS; <dialog>, <details> and <select> do much.",
	],
	[/^(react-hook-form|formik|yup|zod|@hookform)/, "Keep fields in state and check them in the submit handler."],
	[/^(react-markdown|marked|remark|markdown-it|showdown)/, "Write a small renderer for the marks that are needed."],
	[/^(three|@react-three|pixi|phaser|p5|konva)/, "Draw on a <canvas> with its 2D context."],
	[/^(firebase|@supabase|pocketbase|appwrite|aws-|@aws)/, 'Keep data with `import { data } from "freehold"`.'],
	[/^(react-toastify|sonner|react-hot-toast|notistack)/, 'Show an element with role="status" for a few seconds.'],
	[
		/^(react-dnd|@dnd-kit|react-beautiful-dnd|sortablejs|@hello-pangea)/,
		"Use the draggable attribute and drag events, and buttons beside them for the keyboard.",
	],
	[/^(next|gatsby|remix|@remix-run|@react-router)(\/|$)/, "An app is pages in the browser only: write app.tsx."],
	[/^(vue|svelte|solid-js|@angular|lit|alpinejs|jquery)(\/|$)/, "Write the app with React, or with plain DOM code."],
	[
		/^(vite|vitest|@vitejs|@testing-library|jest|eslint|typescript)/,
		"Tools do not run in an app: remove what needs it.",
	],
	[/^web-vitals$/, "Remove the call: nothing is measured in an app."],
];

/** A sentence with a space before it, or nothing. */
export function nameHint(specifier: string): string {
	const found = instead.find(([pattern]) => pattern.test(specifier));
	return found ? ` ${found[1]}` : "";
}
