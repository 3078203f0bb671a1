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
    paper: '#f6f5f1', sheet: '#ffffff', sunken: '#efede6', ink: '#1c2529', ink2: '#47535a', ink3: '#5d696f', line: '#e0ddd4', line2: '#c8c4b8',
    accent: '#1d5564', accentInk: '#ffffff', seal: '#a5281b', kept: '#1c7364', excused: '#5b6675', gap: '#b23610', unknown: '#75602a',
  },
  dark: {
    paper: '#11171a', sheet: '#192125', sunken: '#0c1113', ink: '#e7eaea', ink2: '#b7c1c4', ink3: '#98a4a8', line: '#2a353a', line2: '#43525a',
    accent: '#7cc0cc', accentInk: '#08242b', seal: '#f2907e', kept: '#62c2ab', excused: '#a3afbf', gap: '#f5936c', unknown: '#d8bd75',
  },
}
