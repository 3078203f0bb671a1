/** Facts lie in months by their time-ordered ids; a month in which everything is due goes whole; what lies in no month is taken in when its month is made. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { newId } from '#kernel/ids.ts'
import { freshDatabase } from '../../tests/postgres.ts'
import { migrate } from '#kernel/migrate.ts'

/** A UUIDv7 of a moment. */
const idAt = (iso: string) => `${Date.parse(iso).toString(16).padStart(12, '0').replace(/^(.{8})/, '$1-')}${newId().slice(13)}`

test('a month goes whole where all in it is due and nobody writes into it, and one that is made takes in what waited for it', async () => {
  const database = await freshDatabase()
  const owner = new pg.Client({ connectionString: database.ownerUrl })
  try {
    await migrate(database.ownerUrl)
    await owner.connect()
    const institution = newId()
    await owner.query(`select set_config('app.institution', $1, false)`, [institution])
    await owner.query(`insert into kernel.institution (institution_id, code, name) values ($1, 'months', '月份')`, [institution])
    const now = new Date()
    const month = (back: number) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 15)).toISOString()
    const add = async (factId: string) => {
      await owner.query(`insert into facts.fact (institution_id, fact_id, subject_id, attribute, value, observed_at, recorded_at, source) values ($1, $2, $3, 'whereabouts', '"510107"', now(), now(), 'answer')`, [institution, factId, newId()])
      return factId
    }
    const where = async (factId: string) => (await owner.query<{ part: string }>('select tableoid::regclass::text as part from facts.fact where fact_id = $1', [factId])).rows[0]?.part
    const [old, recent, present] = [await add(idAt(month(5))), await add(idAt(month(1))), await add(newId())]
    const foreign = await add('9d4a8c1e-7b2f-4c3d-8e5f-6a7b8c9d0e1f')
    const late = await add(idAt(month(20)))
    const name = (iso: string) => `facts.fact_${iso.slice(0, 7).replace('-', '_')}`
    assert.deepEqual([await where(old), await where(recent), await where(foreign), await where(late)], [name(month(5)), name(month(1)), 'facts.fact_other', 'facts.fact_other'])

    await owner.query('select facts.open_months($1, $1)', [month(20)])
    assert.equal(await where(late), name(month(20)), 'taken in when its month was made')
    await assert.rejects(add(late), /duplicate key/, 'an id is one over all months')

    const erase = async (iso: string, attribute = 'whereabouts') =>
      (await owner.query<{ gone: string | null }>(`select facts.erase_month($1, array[$2], array['whereabouts', 'temperature'], '{}', now()) as gone`, [iso.slice(0, 7).replace('-', '_'), attribute])).rows[0]?.gone ?? null
    const [gone, stays] = ['1', null]
    assert.equal(await erase(month(5), 'temperature'), stays, 'a fact of another attribute is in it')
    assert.ok(await where(old))
    assert.equal(await erase(month(0)), stays, 'this month is not over')
    assert.equal(await erase('2001-01'), stays)

    const writer = new pg.Client({ connectionString: database.ownerUrl })
    await writer.connect()
    await writer.query(`begin; select set_config('app.institution', '${institution}', true); lock table facts.${name(month(5)).slice(6)} in row exclusive mode`)
    assert.equal(await erase(month(5)), stays, 'somebody writes into it')
    await writer.query('rollback')
    const neighbour = newId()
    await writer.query(`select set_config('app.institution', $1, false)`, [neighbour])
    await writer.query(`insert into kernel.institution (institution_id, code, name) values ($1, 'neighbour', '邻校')`, [neighbour])
    await writer.query(`insert into facts.fact (institution_id, fact_id, subject_id, attribute, value, observed_at, recorded_at, source) values ($1, $2, $3, 'whereabouts', '"510107"', now(), now(), 'answer')`, [neighbour, idAt(month(20)), newId()])
    await writer.end()
    assert.equal(await erase(month(20)), stays, 'a fact of another institution is in it')
    assert.equal((await owner.query(`select kernel.institution_id() as id`)).rows[0]?.id, institution, 'it stands where it stood')

    assert.equal(await erase(month(5)), gone)
    assert.equal(await where(old), undefined)
    assert.ok((await where(late)) && (await where(recent)) && (await where(present)) && (await where(foreign)))
    assert.equal(await erase(month(5)), stays, 'gone already')
  } finally {
    await owner.end()
    await database.drop()
  }
})
