/** Doubts that I am the nearest to look at. */
import { useRead } from '#ui/data.ts'
import { myDoubts } from '../contract.ts'

/** For those in office. Apart from the page, which is only loaded when it is opened. */
export const useMyDoubts = (enabled: boolean) => useRead(myDoubts, {}, { topics: ['doubts'], enabled, refetchMs: 300_000 })
