export interface Rule { field: string; operator: string; value: unknown }
export interface RuleGroup { combinator: 'and' | 'or'; not?: boolean; rules: (Rule | RuleGroup)[] }
