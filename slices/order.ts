/** The slices, lowest first: each may use those before it, none those after it. Later ones (access, rota, …) come in between. */
export const order = ['directory', 'drills', 'messages', 'log', 'responses', 'facts', 'measures', 'health', 'notices', 'issues', 'briefs'] as const
