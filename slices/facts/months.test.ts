/** Facts lie in months by their time-ordered ids; months go whole; what lies in no month is taken in when its month is made. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { newId } from '#kernel/ids.ts'
import { freshDatabase } from '../../tests/postgres.ts'
import { migrate } from '#kernel/migrate.ts'
import { dropMonths } from './months.ts'

/** A UUIDv7 of a moment. */
const idAt = (iso: string) => `${Date.parse(iso).toString(16).padStart(12, '0').replace(/^(.{8})/, '$1-')}${newId().slice(13)}`

test('old months are erased whole, later ones and strangers stay, and a month that is made takes in what waited for it', async () => {
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

    const before = month(3).slice(0, 7)
    const would = await dropMonths(database.ownerUrl, before, false)
    assert.ok(would.includes(month(5).slice(0, 7)) && would.includes(month(20).slice(0, 7)) && !would.includes(before))
    assert.ok(await where(old), 'nothing went yet')
    assert.deepEqual(await dropMonths(database.ownerUrl, before, true), would)
    assert.deepEqual([await where(old), await where(late)], [undefined, undefined])
    assert.ok((await where(recent)) && (await where(present)) && (await where(foreign)))
    assert.deepEqual(await dropMonths(database.ownerUrl, before, true), [])
    await assert.rejects(dropMonths(database.ownerUrl, '2999-01', true), /only months that are over/i)
  } finally {
    await owner.end()
    await database.drop()
  }
})
