import assert from 'node:assert/strict'
import { test } from 'node:test'
import { campusFiles } from '#drill/campus-files.ts'
import { makeCampus } from '#drill/campus.ts'
import { readLinks, readOffices } from '../import-tables.ts'
import { planRoster } from '../plan.ts'
import type { KnownPerson, KnownUnit } from '../plan.ts'
import { vocabularyOf } from '../vocabularies.ts'
import { readRoster } from './clean.ts'
import { decodeSheet } from './decode.ts'

// The drill comes in by the same door as a real school: what its files say must arrive whole.
for (const size of [{ students: 60, staff: 30 }, { students: 300, staff: 40 }, { students: 6000, staff: 600 }]) {
  test(`the files of a synthetic campus of ${size.students} students are read without doubts or loss`, async () => {
    const campus = makeCampus({ seed: 11, ...size })
    const files = campusFiles(campus)
    const read = async (name: keyof typeof files) => decodeSheet(Buffer.from(files[name]), name)
    const previews = [readRoster(await read('students.csv')), readRoster(await read('staff.csv'))]
    const rows = previews.flatMap((preview) => preview.rows)
    assert.deepEqual(previews.flatMap((preview) => [...preview.refused, ...preview.skipped, ...preview.doubts]), [])
    assert.deepEqual(rows.flatMap((row) => row.doubts), [])
    assert.deepEqual(
      rows.map((row) => [row.number, row.name, row.sex, row.kind, row.politicalStatus, row.phone, row.status, row.onCampus, row.grade, row.position]),
      campus.people.map((one) => [one.number, one.name, one.sex, one.kind, one.politicalStatus, one.phone, one.status, one.onCampus, one.grade, one.position]),
    )
    assert.deepEqual(rows.map((row) => row.room !== null), campus.people.map((one) => one.units.residence !== null))
    assert.deepEqual(rows.map((row) => row.partyBranch !== null), campus.people.map((one) => one.units.party !== null))

    let serial = 0
    const mint = (): string => `id${(serial += 1)}`
    const roots: KnownUnit[] = campus.units.filter((unit) => unit.parent === null).map((unit) => ({ unitId: unit.id, tree: unit.tree, parentId: null, kind: unit.kind, name: unit.name }))
    const plan = planRoster(rows, { units: roots, people: [] }, null, vocabularyOf('cn-university'), mint)
    assert.deepEqual(plan.doubts, [])
    const made = new Set(plan.newUnits.map((unit) => unit.kind))
    for (const kind of new Set(campus.units.filter((unit) => unit.parent !== null).map((unit) => unit.kind))) assert.ok(made.has(kind), kind)
    const people: KnownPerson[] = plan.people.map(({ personId, row }) => ({ personId, number: row.number, name: row.name, kind: row.kind, left: false, fields: {}, units: {} }))
    const known = { units: [...roots, ...plan.newUnits], people }
    const offices = readOffices(await read('offices.csv'), known, vocabularyOf('cn-university'), 'Asia/Shanghai')
    assert.deepEqual(offices.refused, [])
    assert.equal(offices.lines.length, campus.holdings.length)
    const links = readLinks(await read('links.csv'), known)
    assert.deepEqual(links.refused, [])
    assert.equal(links.lines.length, campus.links.length)
  })
}
