import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demandOf } from './demand.ts'

test('who demands follows from who issued', () => {
  const table: [string | null, string][] = [
    [null, 'school'], ['', 'school'], ['江畔大学疫情防控指挥部', 'school'], ['中共江畔大学委员会、江畔大学', 'school'], ['江畔大学信息学院', 'college'], ['中共江畔大学信息学院总支部委员会', 'school'], ['信息学院党总支', 'college'],
    ['教育部办公厅', 'nation'], ['国务院应对新型冠状病毒感染肺炎疫情联防联控机制综合组', 'nation'], ['国家卫生健康委员会', 'nation'], ['应急管理部', 'nation'], ['江南省教育厅', 'province'], ['江南省防汛抗旱指挥部', 'province'], ['上海市教育委员会', 'province'],
    ['江畔市教育局', 'city'], ['江畔市防汛抗旱指挥部办公室', 'city'], ['北湖区卫生健康委员会', 'city'], ['江畔市人民政府办公室', 'city'], ['青石街道办事处', 'city'], ['全国人民代表大会常务委员会', 'law'],
    ['上海城东大学党委', 'school'], ['江畔职业技术学院', 'school'], ['学校疫情防控工作领导小组', 'school'], ['学生处', 'school'],
  ]
  for (const [issuer, by] of table) assert.equal(demandOf(issuer, '江畔大学'), by, issuer ?? 'nobody')
})
