import assert from 'node:assert/strict'
import { test } from 'node:test'
import { suggestUnits } from './suggest-units.ts'

const units = ['武装保卫部', '后勤服务集团', '教务处', '学生工作处', '信息学院', '医学院', '图书馆', '机电工程学院'].map((name) => ({ unitId: name, name, kind: /学院/.test(name) ? 'college' : 'department' }))
const of = (word: string) => suggestUnits(word, units).map((unit) => unit.name)

test('a word that matches no unit finds those that are called alike, and never one that shares only 处 or 学院', () => {
  assert.deepEqual(of('保卫处'), ['武装保卫部'])
  assert.equal(of('后勤管理处')[0], '后勤服务集团')
  assert.equal(of('学生处')[0], '学生工作处')
  assert.deepEqual(of('外国语学院'), [])
  assert.deepEqual(of('附属中学'), [])
  assert.deepEqual(of('处'), [])
  assert.deepEqual(suggestUnits('教育系统', [{ unitId: 'a', name: '思想教育科', kind: 'office' }]), [], 'a field of work is no office')
})
