/** There are no default accounts: whoever holds the one-time token of the first start makes the first institution. */
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { hashToken } from './handle.ts'

/** A fresh claim token where nobody has claimed the installation yet; earlier unused ones stop working. */
export async function freshClaimToken(ownerUrl: string): Promise<string | null> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    const claimed = (await client.query<{ yes: boolean }>('select exists (select from kernel.institution where not drill) as yes')).rows[0]?.yes
    if (claimed) return null
    const token = randomBytes(18).toString('base64url')
    await client.query('delete from kernel.claim where used_at is null')
    await client.query('insert into kernel.claim (token_hash) values ($1)', [hashToken(token)])
    return token
  } finally {
    await client.end()
  }
}
