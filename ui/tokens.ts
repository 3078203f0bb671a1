/** Where colours must be known as values (antd's derivations, charts). They repeat tokens.css; tokens.test.ts keeps the two equal. */
export interface Colours {
  paper: string
  sheet: string
  sunken: string
  ink: string
  ink2: string
  ink3: string
  line: string
  line2: string
  accent: string
  accentInk: string
  seal: string
  kept: string
  excused: string
  gap: string
  unknown: string
}

export const antColours: Record<'light' | 'dark', Colours> = {
  light: {
    paper: '#f3f5f5', sheet: '#ffffff', sunken: '#e9eded', ink: '#142026', ink2: '#3f4d54', ink3: '#59676e', line: '#dce2e3', line2: '#b9c4c7',
    accent: '#15505f', accentInk: '#ffffff', seal: '#a5281b', kept: '#1c7364', excused: '#5b6675', gap: '#b23610', unknown: '#75602a',
  },
  dark: {
    paper: '#0f1619', sheet: '#172125', sunken: '#0a1012', ink: '#e6ebec', ink2: '#b6c2c6', ink3: '#95a3a8', line: '#27343a', line2: '#41515a',
    accent: '#7cc0cc', accentInk: '#08242b', seal: '#f2907e', kept: '#62c2ab', excused: '#a3afbf', gap: '#f5936c', unknown: '#d8bd75',
  },
}
