/** Files too large for one request travel in pieces: rows of a table (institution_id, import_id, starts, content) that each slice keeps for itself. */
import { sql } from 'kysely'
import type { Tx } from './database.ts'
import { badInput, conflict, refused } from './problems.ts'
import type { Context } from './server.ts'

/** A file as it was announced. */
interface Announced {
  importId: string
  bytes: number
  state: string
}

/** Reading and writing the pieces of one such table. */
export function piecesIn(table: `${string}.${string}`) {
  const pieces = sql.table(table)
  return {
    /** Takes the piece that came with the call; one that is there already is left alone. Answers how many bytes are there. @throws Problem where it does not follow on what is there. */
    async receivePiece({ tx, institution, file }: Context, find: () => Promise<Announced>, starts: number): Promise<number> {
      if (!file) throw badInput('请附上文件的一段。', 'Attach the piece.')
      const { importId, bytes, state } = await find()
      if (state !== 'receiving') throw conflict('这个文件已经收齐。', 'This file is complete already.')
      const received = await this.receivedBytes(tx, institution.id, importId)
      if (starts < received) return received
      if (starts > received) throw refused('piece-missing', `前面还缺一段：请从第 ${received} 字节续传。`, `A piece before this one is missing: go on from byte ${received}.`, { received })
      if (starts + file.bytes.length > bytes) throw badInput('送来的内容比登记的文件大。', 'This is more than the announced file.')
      await this.insertPiece(tx, institution.id, importId, starts, file.bytes)
      return starts + file.bytes.length
    },
    /** @throws Problem where pieces are missing. */
    async mustBeWhole({ tx, institution }: Context, { importId, bytes }: Announced): Promise<void> {
      const received = await this.receivedBytes(tx, institution.id, importId)
      if (received < bytes) throw refused('piece-missing', `文件还没有收齐：收到 ${received} / ${bytes} 字节。`, `The file is not complete: ${received} of ${bytes} bytes came.`, { received })
    },
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
