/** Erasure by the month, for the operator of the database: whole partitions of facts go at once, over all institutions. */
import { asOwner } from '#kernel/database.ts'
import { badInput } from '#kernel/problems.ts'
import { dropOldMonths } from './queries-months.ts'

/** The months before `before` (YYYY-MM) that hold their own partition; dropped for good where `really`. @throws Problem where the month is malformed or not over. */
export async function dropMonths(ownerUrl: string, before: string, really: boolean, now = new Date()): Promise<string[]> {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(before)) throw badInput('月份应写作 YYYY-MM。', 'The month must be written YYYY-MM.')
  const moment = new Date(`${before}-01T00:00:00Z`)
  if (moment.getTime() > now.getTime()) throw badInput('只能删除已经过去的月份。', 'Only months that are over can be erased.')
  return asOwner(ownerUrl, (client) => dropOldMonths(client, moment, really))
}
