/** Who can sign in: accounts, invitations that wait, sessions; signing somebody out. */
import { implement } from '#kernel/server.ts'
import * as contract from './contract.ts'
import * as q from './queries-accounts.ts'

const pageSize = 100

export const accountCalls = [
  implement(contract.accounts, async (ctx, { text = '', show, page = 1 }) => {
    const { total, rows } = await q.listAccounts(ctx.tx, ctx.institution.id, { text: text.trim(), show: show ?? null, offset: (page - 1) * pageSize, most: pageSize }, ctx.now)
    ctx.looked(rows.map((row) => row.person.personId), 'accounts')
    return { total, size: pageSize, accounts: rows }
  }),
  implement(contract.endSessions, async (ctx, { personIds }) => {
    const ended = await q.endSessions(ctx.tx, ctx.institution.id, personIds)
    for (const personId of personIds) ctx.log({ subjectKind: 'person', subjectId: personId })
    return { ended }
  }),
]
