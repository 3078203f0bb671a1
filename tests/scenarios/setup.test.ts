/** Setting an institution up over HTTP: its own words, what rosters hint of offices, receipts that stay, accounts. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { read as readBook } from '@e965/xlsx'
import { CallProblem, httpClient } from '#kernel/client.ts'
import { newId } from '#kernel/ids.ts'
import { accounts, applyRoster, applyRosterFile, checkRosterFile, endMySession, endSessions, invite, me, mySessions, officeHints, orphans, previewRoster, redeem, rosterImport, rosterImports, rosterMarks, rosterTemplate, sendRosterPiece, setInstitution, settleHints, setup, setVocabulary, signIn, startRosterFile, units, vocabulary } from '#slices/directory/contract.ts'
import { decodeSheet } from '#slices/directory/server.ts'
import { openScene, type Scene } from '../scene.ts'

let scene: Scene
before(async () => { scene = await openScene() })
after(() => scene.close())

const admin = () => scene.as('administrator')
const refusal = (code: string) => (error: unknown) => error instanceof CallProblem && error.code === code
const file = (name: string, text: string) => ({ file: { name, bytes: new TextEncoder().encode(text) } })
async function bring(name: string, text: string): Promise<string> {
  const importId = newId()
  await admin().call(previewRoster, { importId }, file(name, text))
  await admin().call(applyRoster, { importId })
  return importId
}

test('own words are said by everybody’s session; unknown ones and an empty name are refused', async () => {
  await admin().call(setVocabulary, { words: [{ kind: 'unit', key: 'college', zh: '书院', en: 'House' }, { kind: 'person', key: 'student', zh: '同学', en: 'Student' }, { kind: 'unit', key: 'class', zh: '班级', en: 'Class' }] })
  const said = await scene.as('student').call(me, {})
  assert.deepEqual([said.words.unit, said.words.person, said.words.role], [{ college: { zh: '书院', en: 'House' } }, { student: { zh: '同学', en: 'Student' } }, {}], 'what is said as ready-made is not kept')
  assert.equal((await scene.as('student').call(vocabulary, {})).changed, 2)
  await assert.rejects(admin().call(setVocabulary, { words: [{ kind: 'unit', key: 'galaxy', zh: '星系', en: 'Galaxy' }] }), refusal('bad-input'))
  await assert.rejects(admin().call(setVocabulary, { words: [{ kind: 'unit', key: 'college', zh: '\u200b', en: 'x' }] }), refusal('bad-input'))
  await assert.rejects(admin().call(setVocabulary, { words: [], offices: [{ title: '书记', en: 'S', role: 'emperor' }] }), refusal('bad-input'))
  await assert.rejects(scene.as('student').call(setVocabulary, { words: [] }), refusal('forbidden'))
})

test('a title of one’s own carries a role when a roster names it; without the list it does not', async () => {
  const offices = (await admin().call(vocabulary, {})).offices
  await admin().call(setVocabulary, { words: [], offices: [...offices, { title: '学院总管', en: 'Steward', role: 'dean' }] })
  await bring('总管.csv', '工号,姓名,部门,职务\nT020,总管甲,信息学院,学院总管\nT021,闲人,信息学院,顾问')
  const { hints } = await admin().call(officeHints, {})
  assert.deepEqual(hints.map((hint) => [hint.title, hint.role, hint.number]), [['学院总管', 'dean', 'T020']])
})

test('titles of offices are said in both languages; a role is called by the institution’s own title once no ready-made one is left for it', async () => {
  const { offices } = await admin().call(vocabulary, {})
  const words = async () => (await scene.as('student').call(me, {})).words
  assert.deepEqual((await words()).office['辅导员'], { zh: '辅导员', en: 'Counsellor' })
  const tutor = { title: '导师', en: 'Tutor', role: 'counsellor' }
  await admin().call(setVocabulary, { words: [], offices: [...offices, tutor] })
  assert.deepEqual([(await words()).office['导师'], (await words()).role], [{ zh: '导师', en: 'Tutor' }, {}], 'counsellors are still called so too')
  await admin().call(setVocabulary, { words: [], offices: [...offices.filter((office) => office.role !== 'counsellor'), tutor] })
  assert.deepEqual((await words()).role, { counsellor: { zh: '导师', en: 'Tutor' } })
  await admin().call(setVocabulary, { words: [], offices })
})

test('counsellors beside students become proposals per class: by number or by a name one person bears; who is meant is never guessed', async () => {
  const rows = ['学号,姓名,学院,年级,班级,辅导员,辅导员工号', '20261201,新甲,信息学院,2026,软件2026-3班,辅甲,', '20261202,新乙,信息学院,2026,软件2026-3班,,T010', '20261203,新丙,信息学院,2026,软件2026-4班,同名,', '20261204,新丁,信息学院,2026,软件2026-4班,没有人,']
  await bring('同名.csv', '工号,姓名,部门\nT030,同名,信息学院\nT031,同名,学生处')
  await bring('新生.csv', rows.join('\n'))
  const { hints } = await admin().call(officeHints, {})
  const found = hints.filter((hint) => hint.title === '辅导员').map((hint) => [hint.unit.name, hint.number || hint.name, hint.candidates.length])
  assert.deepEqual(found.toSorted(), [['软件2026-3班', 'T010', 1], ['软件2026-3班', '辅甲', 1], ['软件2026-4班', '同名', 2], ['软件2026-4班', '没有人', 0]])

  const third = (await admin().call(units, { tree: 'admin', depth: 5 })).units.find((unit) => unit.name === '软件2026-3班')?.unitId ?? ''
  const unanswered = async () => (await scene.as('duty').call(orphans, { unitId: third })).people
  assert.equal(await unanswered(), 2)
  const mine = hints.find((hint) => hint.name === '辅甲')
  const key = { unitId: third, title: '辅导员', number: '', name: '辅甲' }
  await assert.rejects(admin().call(settleHints, { appoint: [{ ...key, personId: scene.person('student') }], putAside: [] }), refusal('not-found'), 'somebody who was not proposed')
  assert.deepEqual(await admin().call(settleHints, { appoint: [{ ...key, personId: mine?.candidates[0]?.personId ?? '' }], putAside: [{ unitId: third, title: '辅导员', number: 'T010', name: '' }] }), { appointed: 1, putAside: 1 })
  assert.equal(await unanswered(), 0)
  assert.ok((await scene.as('counsellor').call(me, {})).offices.some((office) => office.unit.unitId === third))
  // The same roster again does not bring back what was decided.
  await bring('新生.csv', rows.join('\n'))
  assert.equal((await admin().call(officeHints, {})).hints.some((hint) => hint.unit.unitId === third), false)
})

test('classes named in 职务 become proposals for whoever stands there; a class nobody knows and words that are no office are doubts, never nothing', async () => {
  await bring('护理.csv', ['学号,姓名,学院,年级,班级', ...['护理2401班', '护理2402班', '水利2403班', '卓越班'].map((name, at) => `2024130${at},护生${'甲乙丙丁'[at]},护理学院,2024,${name}`), '20241309,他生,信息学院,2024,卓越班'].join('\n'))
  const staff = [
    '工号,姓名,学院,职务', 'T050,护师甲,护理学院,"辅导员（护理2401班、护理2402班）"', 'T051,护师乙,护理学院,"水利2403班辅导员、院长（兼）"', 'T052,护师丙,护理学院,护理2409班辅导员', 'T053,护师丁,护理学院,护理2401班联络教师',
    'T054,护师戊,护理学院,卓越班班主任', 'T055,护师己,护理学院,"护理2401、护理2402班辅导员"', 'T056,护师庚,护理学院,专职辅导员', 'T057,护师辛,护理学院,2024级辅导员', 'T058,护师壬,护理学院,讲师（副高）', 'T059,护师癸,护理学院,"辅导员：护理2401班，卓越班；保洁班领班"',
  ].join('\n')
  const importId = newId()
  const { summary } = await admin().call(previewRoster, { importId }, file('护理教工.csv', staff))
  assert.deepEqual(summary.doubts.map((doubt) => [doubt.at.split(' ').at(-1), doubt.field, doubt.zh.slice(0, 16)]), [['4', 'position', '职务中的“护理2409班”在现有'], ['5', 'position', '职务“护理2401班联络教师”写'], ['8', 'position', '职务“辅导员”没有写哪个班级，没']])
  assert.equal(summary.doubtful, 3)
  await admin().call(applyRoster, { importId })
  const proposed = async () => (await admin().call(officeHints, {})).hints.filter((hint) => hint.number.startsWith('T05')).map((hint) => `${hint.number} ${hint.path} ${hint.title} ${hint.candidates.length}`).toSorted()
  const found = await proposed()
  assert.deepEqual(found.map((one) => one.replaceAll(/护理学院 \/ (2024级 \/ )?/g, '')), [
    'T050 护理2401班 辅导员 1', 'T050 护理2402班 辅导员 1', 'T051 水利2403班 辅导员 1', 'T051 护理学院 院长 1', 'T054 卓越班 班主任 1', 'T055 护理2401班 辅导员 1', 'T055 护理2402班 辅导员 1', 'T057 2024级 辅导员 1', 'T059 卓越班 辅导员 1', 'T059 护理2401班 辅导员 1',
  ])
  // By the other door the same, and nothing twice.
  const bytes = new TextEncoder().encode(staff)
  const pieces = newId()
  await admin().call(startRosterFile, { importId: pieces, fileName: '护理教工.csv', bytes: bytes.length })
  await admin().call(sendRosterPiece, { importId: pieces, starts: 0 }, { file: { name: 'x', bytes } })
  await admin().call(checkRosterFile, { importId: pieces })
  await scene.runJobs()
  assert.deepEqual((await admin().call(rosterImport, { importId: pieces })).summary.doubts.map((doubt) => doubt.zh), summary.doubts.slice(0, 2).map((doubt) => doubt.zh), 'a title that names no class is said when the person is new')
  await admin().call(applyRosterFile, { importId: pieces })
  await scene.runJobs()
  assert.deepEqual(await proposed(), found)
  // Refused, it says once that nothing was changed.
  await assert.rejects(admin().call(previewRoster, { importId: newId() }, file('x.csv', '编号,姓名,部门\nA11,申某,后勤处\nA17,王某,后勤处')), (error: unknown) => error instanceof CallProblem && /“编号”一列/.test(error.message) && error.message.split('没有保存').length === 2 && !error.message.includes('没有导入'))
})

test('what a person says of the columns goes with the import, by either door, and is remembered for the next file headed alike', async () => {
  const text = '编号,姓名,联系\nN901,申某,13800000901\nN902,酉某,13800000902'
  const importId = newId()
  const problem = await admin().call(previewRoster, { importId }, file('证章.csv', text)).then(() => assert.fail(), (error: unknown) => error)
  assert.ok(problem instanceof CallProblem)
  assert.deepEqual((problem.details as { headings: { header: string; field: string | null; how: string }[] }).headings.map((one) => `${one.header} ${one.field} ${one.how}`), ['编号 number likely', '姓名 name read', '联系 null left'])
  const first = await admin().call(previewRoster, { importId, columns: [{ header: '编号', meaning: 'number' }] }, file('证章.csv', text))
  assert.deepEqual([first.summary.arrived, first.summary.headings?.map((one) => one.how)], [2, ['chosen', 'read', 'left']])
  // Said otherwise, the same import is looked at anew and takes no second place in the list.
  const again = await admin().call(previewRoster, { importId, columns: [{ header: '编号', meaning: 'number' }, { header: '联系', meaning: 'phone' }] }, file('证章.csv', text))
  assert.deepEqual(again.summary.headings?.map((one) => `${one.field} ${one.how}`), ['number chosen', 'name read', 'phone chosen'])
  assert.equal((await admin().call(rosterImports, {})).imports.filter((one) => one.fileName === '证章.csv').length, 1)
  await admin().call(applyRoster, { importId })
  const receipt = await admin().call(rosterImport, { importId })
  assert.deepEqual([receipt.import.state, receipt.summary.headings?.filter((one) => one.how === 'chosen').map((one) => `${one.header} ${one.field}`)], ['applied', ['编号 number', '联系 phone']])
  const code = (call: Promise<unknown>) => call.then(() => 'done', (error: unknown) => (error instanceof CallProblem ? error.code : error))
  assert.equal(await code(admin().call(previewRoster, { importId, columns: [{ header: '编号', meaning: 'number' }] }, file('证章.csv', text))), 'conflict', 'what was applied stays as it was')
  assert.equal(await code(admin().call(previewRoster, { importId: newId(), columns: [{ header: '电话', meaning: 'phone' }] }, file('证章.csv', text))), 'roster-no-such-column')
  assert.equal(await code(admin().call(previewRoster, { importId: newId(), columns: [{ header: '编号', meaning: 'constructor' as 'number' }] }, file('证章.csv', text))), 'bad-input')
  const second = newId()
  const next = await admin().call(previewRoster, { importId: second }, file('证章二.csv', '姓名,编号,联系\n戌某,N903,13800000903'))
  assert.deepEqual(next.summary.headings?.map((one) => `${one.header} ${one.field} ${one.how}`), ['姓名 name read', '编号 number remembered', '联系 phone remembered'])
  await admin().call(applyRoster, { importId: second })
  // In pieces: remembered, refused where that is taken back, and checked anew with what is said then.
  const bytes = new TextEncoder().encode(text.replaceAll('N90', 'N91'))
  const pieces = newId()
  await admin().call(startRosterFile, { importId: pieces, fileName: '证章三.csv', bytes: bytes.length })
  await admin().call(sendRosterPiece, { importId: pieces, starts: 0 }, { file: { name: 'x', bytes } })
  const checked = async (columns?: { header: string; meaning: 'number' | 'remark' }[]) => {
    await admin().call(checkRosterFile, { importId: pieces, ...(columns ? { columns } : {}) })
    await scene.runJobs()
    const seen = await admin().call(rosterImport, { importId: pieces })
    return [seen.import.state, ...(seen.summary.headings ?? []).map((one) => `${one.field} ${one.how}`)]
  }
  assert.deepEqual(await checked(), ['checked', 'number remembered', 'name read', 'phone remembered'])
  assert.deepEqual(await checked([]), ['refused', 'number likely', 'name read', 'null left'])
  assert.deepEqual(await checked([{ header: '编号', meaning: 'number' }, { header: '联系', meaning: 'remark' }]), ['checked', 'number chosen', 'name read', 'remark chosen'])
  await admin().call(applyRosterFile, { importId: pieces })
  await scene.runJobs()
  const done = await admin().call(rosterImport, { importId: pieces })
  assert.deepEqual([done.import.state, done.summary.arrived, done.summary.headings?.map((one) => one.how)], ['applied', 2, ['chosen', 'read', 'chosen']])
})

test('an import that was left is there to go on with; its receipt tells what came, what not, by whom', async () => {
  const importId = newId()
  await admin().call(previewRoster, { importId }, file('补录.csv', '学号,姓名,学院,年级,班级\n20261301,补甲,信息学院,2026,软件2026-1班\n20261302,,信息学院,2026,软件2026-1班\n20261303,=1+1,信息学院,2026,软件2026-1班'))
  assert.deepEqual((await admin().call(setup, {})).waiting.map((one) => [one.importId, one.state]), [[importId, 'checked']])
  const before = await scene.as('duty').call(rosterImport, { importId })
  assert.deepEqual([before.import.state, before.import.madeBy, before.summary.arrived, before.import.refused], ['checked', '管理', before.summary.arrived, before.import.refused])
  assert.ok(before.import.refused >= 1)
  await scene.as('duty').call(applyRoster, { importId })
  const receipt = await admin().call(rosterImport, { importId })
  assert.deepEqual([receipt.import.state, receipt.import.appliedBy, receipt.summary.rows, receipt.import.refused], ['applied', '值甲', 3, before.import.refused])
  const marks = await admin().call(rosterMarks, { importId })
  assert.match(marks.csv, /^学号,姓名,学院/)
  assert.match(marks.csv, /20261302/)
  assert.doesNotMatch(marks.csv, /(^|,)=/m, 'no formula in a file that is opened in a spreadsheet')
  assert.ok((await admin().call(rosterImports, {})).imports.some((one) => one.importId === importId && one.state === 'applied'))
  // After a month the rows are gone, the counts are not.
  await scene.advance(31 * 86_400_000)
  await admin().call(previewRoster, { importId: newId() }, file('x.csv', '工号,姓名\nT099,末尾'))
  const later = await admin().call(rosterImport, { importId })
  assert.deepEqual([later.marks, later.summary.examples.length, later.summary.rows], [0, 0, 3])
})

test('a roster in pieces is one of the imports, wherever it stands', async () => {
  const bytes = new TextEncoder().encode('工号,姓名,部门\nT040,片甲,学生处\nT041,片乙,学生处')
  const importId = newId()
  await admin().call(startRosterFile, { importId, fileName: '分段.csv', bytes: bytes.length })
  await admin().call(sendRosterPiece, { importId, starts: 0 }, { file: { name: 'x', bytes: bytes.subarray(0, 20) } })
  const half = await scene.as('duty').call(rosterImport, { importId })
  assert.deepEqual([half.import.state, half.received], ['receiving', 20])
  await admin().call(sendRosterPiece, { importId, starts: 20 }, { file: { name: 'x', bytes: bytes.subarray(20) } })
  await admin().call(checkRosterFile, { importId })
  await scene.runJobs()
  assert.deepEqual([(await admin().call(rosterImport, { importId })).import.state, (await admin().call(rosterImport, { importId })).summary.arrived], ['checked', 2])
  await admin().call(applyRosterFile, { importId })
  await scene.runJobs()
  const done = await admin().call(rosterImport, { importId })
  assert.deepEqual([done.import.state, done.import.appliedBy, done.summary.arrived], ['applied', '管理', 2])
})

test('the template is read back by the import that it is for, in the institution’s words', async () => {
  await admin().call(setVocabulary, { words: [{ kind: 'unit', key: 'college', zh: '书院', en: 'House' }] })
  for (const kind of ['students', 'staff', 'offices', 'links'] as const) {
    const made = await admin().call(rosterTemplate, { kind })
    const bytes = Buffer.from(made.base64, 'base64')
    const sheets = await decodeSheet(bytes, made.fileName)
    if (kind === 'students') assert.match(JSON.stringify(sheets), /示例书院/)
    const [sheet] = Object.values(readBook(bytes, { cellNF: true, sheetStubs: true }).Sheets)
    const numbered = kind === 'offices' ? 'D' : 'A'
    assert.deepEqual([sheet?.[`${numbered}2`]?.z, sheet?.[`${numbered}800`]?.z], ['@', '@'], 'a number typed there keeps its zeros')
    if (kind !== 'students' && kind !== 'staff') continue
    const read = await admin().call(previewRoster, { importId: newId() }, { file: { name: made.fileName, bytes } })
    assert.deepEqual([read.summary.accepted, read.summary.refused], [2, 0], `${kind}: ${JSON.stringify(read.summary.refusals)}`)
    assert.ok(!read.summary.doubts.some((doubt) => /没有读取|没有用到|请核对/.test(doubt.zh)), JSON.stringify(read.summary.doubts))
  }
})

test('name and time zone change for everybody; a zone that is none is refused; the roots follow', async () => {
  await admin().call(setInstitution, { name: '江畔理工大学', timeZone: 'Asia/Urumqi', language: 'zh-Hant' })
  const said = await scene.as('student').call(me, {})
  assert.deepEqual([said.institution.name, said.institution.timeZone], ['江畔理工大学', 'Asia/Urumqi'])
  assert.deepEqual((await scene.as('duty').call(units, { tree: 'party', depth: 1 })).units.map((unit) => unit.name), ['中共江畔理工大学委员会'])
  assert.equal((await admin().call(vocabulary, {})).language, 'zh-Hant')
  await assert.rejects(admin().call(setInstitution, { name: '江畔理工大学', timeZone: 'Mars/Olympus', language: 'en' }), refusal('bad-input'))
})

test('accounts: who waits, who is in; signing out everywhere ends every session', async () => {
  const personId = scene.person('otherCounsellor')
  await admin().call(invite, { personIds: [personId] })
  assert.ok((await admin().call(accounts, { show: 'waiting' })).accounts.some((one) => one.person.personId === personId && one.login === null))
  assert.equal((await admin().call(accounts, { text: '辅乙' })).total, 1)
  assert.ok((await scene.as('otherCounsellor').call(me, {})).person)
  const { ended } = await admin().call(endSessions, { personIds: [personId] })
  assert.ok(ended >= 1)
  await assert.rejects(scene.as('otherCounsellor').call(me, {}), refusal('signed-out'))
  for (const who of ['duty', 'student', 'secretary'] as const) await assert.rejects(scene.as(who).call(accounts, {}), refusal('forbidden'))
})

test('everybody sees where they are signed in, by the names of their devices, and signs a lost one out; nobody else’s', async () => {
  const on = (token: string) => httpClient({ origin: scene.origin, language: () => 'zh-Hans', token })
  const code = (await admin().call(invite, { personIds: [scene.person('classmate')] })).invitations[0]?.code ?? ''
  const password = 'willow-river-evening'
  const phone = on((await scene.as('anonymous').call(redeem, { code, password, device: 'iPhone · Safari' })).token)
  const laptop = on((await scene.as('anonymous').call(signIn, { login: '20261004', password })).token)
  const [here, other] = (await laptop.call(mySessions, {})).sessions
  assert.deepEqual([here?.device, here?.here, other?.device, other?.here], [null, true, 'iPhone · Safari', false])
  const lost = { sessionId: other?.sessionId ?? '' }
  await assert.rejects(scene.as('student').call(endMySession, lost), refusal('not-found'))
  assert.ok((await phone.call(me, {})).person)
  await laptop.call(endMySession, lost)
  await assert.rejects(phone.call(me, {}), refusal('signed-out'))
  assert.deepEqual((await laptop.call(mySessions, {})).sessions.map((one) => one.here), [true])
})
