/** The slices, lowest first: each may use those before it, none those after it. Later ones (health, access, rota, …) come in between. */
export const order = ['directory', 'drills', 'messages', 'log', 'responses', 'facts', 'measures', 'notices', 'issues', 'briefs'] as const
