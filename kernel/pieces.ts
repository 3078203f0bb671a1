/** Files too large for one request travel in pieces: rows of a table (institution_id, import_id, starts, content) that each slice keeps for itself. */
import { sql } from 'kysely'
import type { Tx } from './database.ts'

/** Reading and writing the pieces of one such table. */
export function piecesIn(table: `${string}.${string}`) {
  const pieces = sql.table(table)
  return {
    /** False where this piece was there before. */
    async insertPiece(tx: Tx, institutionId: string, importId: string, starts: number, content: Uint8Array): Promise<boolean> {
      const done = await sql`insert into ${pieces} (institution_id, import_id, starts, content) values (${institutionId}, ${importId}, ${starts}, ${Buffer.from(content)}) on conflict do nothing`.execute(tx)
      return Number(done.numAffectedRows) === 1
    },
    /** How many bytes are there without a hole from the beginning. */
    async receivedBytes(tx: Tx, institutionId: string, importId: string): Promise<number> {
      const found = (await sql<{ starts: number; size: number }>`select starts, octet_length(content) as size from ${pieces} where institution_id = ${institutionId} and import_id = ${importId} order by starts`.execute(tx)).rows
      let at = 0
      for (const piece of found) if (piece.starts === at) at += piece.size
      return at
    },
    async deletePieces(tx: Tx, institutionId: string, importId: string): Promise<void> {
      await sql`delete from ${pieces} where institution_id = ${institutionId} and import_id = ${importId}`.execute(tx)
    },
    async readBytes(tx: Tx, institutionId: string, importId: string, from: number, length: number): Promise<Buffer> {
      const parts = await sql<{ part: Buffer }>`select substring(content from greatest(${from}::bigint - starts, 0)::int + 1 for least(starts + octet_length(content), ${from + length}::bigint)::int - greatest(starts, ${from}::bigint)::int) as part
        from ${pieces} where institution_id = ${institutionId} and import_id = ${importId} and starts < ${from + length}::bigint and starts + octet_length(content) > ${from}::bigint order by starts`.execute(tx)
      return Buffer.concat(parts.rows.map((row) => row.part))
    },
  }
}
