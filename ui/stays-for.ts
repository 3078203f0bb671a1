/** How long a short message stays (ms): time to notice it and to read it slowly, six seconds at least. Letters are read faster than characters. */
export const staysFor = (words: string, acts: boolean): number => Math.max(6000, 2000 + [...words].reduce((sum, sign) => sum + (sign < '\u2e80' ? 80 : 220), 0)) + (acts ? 4000 : 0)
