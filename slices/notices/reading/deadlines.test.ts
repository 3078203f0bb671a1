import { strict as assert } from 'node:assert'
import { test } from 'node:test'
import { readNotice } from './read.ts'
import type { Duty } from './types.ts'

/** The first duty of a clause inside a notice signed on 2023-07-18. */
function first(clause: string): Duty {
  const found = readNotice(`关于做好防范工作的通知\n各学院：\n现将有关事项通知如下：\n一、${clause}\n二、各单位要及时上报情况。\n云岭测试学院\n2023年7月18日`).duties.find((duty) => duty.clause === '一')
  assert.ok(found, clause)
  return found
}

test('a day without a month, a day in Chinese figures, a night that runs into the next day', () => {
  for (const [clause, due] of [['29日全校停课。', '2023-07-29'], ['学校、幼儿园29日一律停课。', '2023-07-29'], ['请于二十日前反馈名单。', '2023-07-20'], ['请于20号前反馈名单。', '2023-07-20'], ['7月19日晚8点至20日早6点，关闭地下车库。', '2023-07-20T06:00'], ['请于7月20日零时前完成撤离。', '2023-07-20T00:00'], ['即日起至7月30日，禁止校外车辆进入。', '2023-07-30'], ['7月20日起至8月20日，禁止在校园内饲养犬只。', '2023-08-20'], ['今夜10点前清点人数。', '2023-07-18T22:00'], ['接龙截止今晚九点半。', '2023-07-18T21:30'], ['7月20、22、24日分三批开展检测。', '2023-07-24'], ['7月20日一早，各楼层长到一楼领取物资。', '2023-07-20']] as const) assert.equal(first(clause).dueAt, due, clause)
})

test('what looks like a day and is none', () => {
  for (const clause of ['返校学生进行14日健康监测。', '学生连续7日测温并登记。', '5号楼前设置测温点。', '各学院储备3日用量的食材。', '原定7月29日举行的运动会取消。']) assert.equal(first(clause).dueAt, null, clause)
})

test('an event is kept in the words of the notice, with what belongs to it', () => {
  for (const [clause, words] of [['大风来临前，后勤处加固广告牌。', '大风来临前'], ['各学院在强降雨到来之前完成转移。', '强降雨到来之前'], ['疫情平息前，公共卫生间每两小时消毒一次。', '疫情平息前'], ['开课前三天将课表报教务处。', '开课前三天'], ['直播课上课前10分钟，任课教师点名。', '直播课上课前10分钟'], ['各学院须于接到本通知之日起3日内报送方案。', '接到本通知之日起3日内'], ['7月19日起至另行通知前，暂停使用地下车库。', '另行通知前'], ['追访记录须保存至学期末。', '学期末'], ['解除隔离第2天和第7天进行核酸检测。', '解除隔离第2天和第7天'], ['清点结果随即报值班室。', '随即'], ['离校学生须在离校后24小时内报平安。', '离校后24小时内']] as const) assert.equal(first(clause).deadline, words, clause)
})

test('the hour of a rhythm is kept beside another deadline, and beats a date before it', () => {
  for (const [clause, deadline, hour] of [['各学院每天17:00前报送情况。', '17:00', '17:00'], ['7月25日前，各学院每天下午五点前报送情况。', '17:00', '17:00'], ['自7月20日至8月10日，各学院每天18:00报送情况。', '2023-08-10', '18:00'], ['各学院每周五15时前报送情况。', '15:00', '15:00'], ['各学院每月5日12:00前报送情况。', '12:00', '12:00']] as const) {
    const duty = first(clause)
    assert.deepEqual([duty.deadline, duty.hour], [deadline, hour], clause)
    assert.notEqual(duty.recurrence, null, clause)
  }
})

test('rhythms: of months, terms, weeks, days, shifts, meals', () => {
  for (const [clause, rhythm] of [['后勤处每月底组织演练。', '每月底'], ['各学院每月5日前报送总结。', '每月5日'], ['爱卫办每半个月抽查一次。', '每半个月'], ['各学院每双周报送简报。', '每双周'], ['各学院每旬报送进展。', '每旬'], ['隔两日对积水点复查一次。', '隔两日'], ['每周一、三、五对教室消毒。', '每周一、三、五'], ['物资库每周一盘点一次。', '每周一'], ['辅导员每周走访宿舍不少于2次。', '每周2次'], ['各单位坚持每日一报。', '每日一报'], ['每个课间开窗通风。', '每个课间'], ['各学院两小时一报。', '两小时一报'], ['夜间22:00至次日6:00禁止进出校门。', '每日'], ['值班人员上午8:30、下午2:30各点名一次。', '上午8:30、下午2:30'], ['保卫处每场派员维持秩序。', '每场'], ['公寓中心每天上、下午各通风一次，每次不少于30分钟。', '每天上、下午']] as const) assert.equal(first(clause).recurrence, rhythm, clause)
})

test('a day of this or the next week, the end of the month: by the day of signing, and what hangs on no such day stays in words', () => {
  for (const [clause, due] of [['后勤处在本周五前完成清洗。', '2023-07-21'], ['各学院于下周一12:00前报送名单。', '2023-07-24T12:00'], ['各单位请在下周三下午5点前反馈。', '2023-07-26T17:00'], ['各学院于本月底前完成整改。', '2023-07-31'], ['本周日前完成消杀。', '2023-07-23'], ['各学院每周五前报送。', null], ['请家长在周五前签回执。', null], ['各学院8月底前完成整改。', '2023-08-31'], ['各学院6月底前完成整改。', null], ['本周一前完成消杀。', null], ['巡查发现险情次日报告。', null]] as const) assert.equal(first(clause).dueAt, due, clause)
})

test('a time goes on to the ban behind it in the same sentence, and no further', () => {
  const all = (clause: string): (string | null)[] => readNotice(`关于做好防范工作的通知\n各学院：\n现将有关事项通知如下：\n一、${clause}\n二、各单位要及时上报情况。\n云岭测试学院\n2023年7月18日`).duties.filter((duty) => duty.clause === '一').map((duty) => duty.deadline)
  for (const [clause, words] of [['患者在退烧后2天内不要到球场，也不要替人取餐。', ['退烧后2天内', '退烧后2天内']], ['7月25日前不得进入地下室，不得启用电梯。', ['2023-07-25', '2023-07-25']], ['隔离期间不得外出，不得会客。', ['隔离期间', '隔离期间']], ['7月20日18时前关闭泳池，不接待游客。', ['2023-07-20T18:00', null]], ['7月25日前不得进入地下室。不得启用电梯。', ['2023-07-25', null]], ['7月25日前不得进入地下室，外来人员不得登楼。', ['2023-07-25', null]]] as const) assert.deepEqual(all(clause), words, clause)
  for (const [clause, words] of [['密接者在两次核酸阴性前禁止返回岗位。', '两次核酸阴性前'], ['学生在雷雨最强时段非必要不离开教学楼。', '雷雨最强时段'], ['大风天气停止高空作业。', '大风天气'], ['已定的外出一律推迟到风险解除后。', '风险解除后'], ['车辆在大门前不得停放。', null], ['家长在教学楼前不得逗留。', null]] as const) assert.equal(first(clause).deadline, words, clause)
})

test('the day that an hour or 当日 belongs to: one named just before, the event a notice calls for; a damaged date lends none', () => {
  const all = (text: string): (string | null)[] => readNotice(`关于做好防范工作的通知\n各学院：\n${text}\n云岭测试学院\n2023年7月18日`).duties.map((duty) => duty.dueAt ?? duty.deadline)
  assert.deepEqual(all('一、26日18时起禁止车辆驶入，已停车辆于当日17时前驶离。\n二、后勤处检查水泵。')[1], '2023-07-26T17:00')
  assert.deepEqual(all('一、学校定于7月25日开展疏散演练。\n二、校医院派2名医生于14:00前到位。\n三、后勤处检查水泵。')[0], '2023-07-25T14:00')
  assert.deepEqual(all('一、巡查发现险情的，当日17时前报告保卫处。\n二、后勤处检查水泵。')[0], '当日17时前')
  assert.deepEqual(all('一、各系于811日12:00前报送名单。\n二、后勤处检查水泵。')[0], '811日12:00前')
})

test('until when something lasts, and events behind whom or a rhythm', () => {
  for (const [clause, words] of [['患者须隔离至症状消失后三天。', '症状消失后三天'], ['各单位每两小时报告一次直至响应解除。', '直至响应解除'], ['司机每天出车前检查刹车。', '出车前'], ['学生进入实验楼前须换鞋套。', '进入实验楼前'], ['请在返岗2个工作日前提交材料。', '返岗2个工作日前'], ['各校自收到本通知起停止室外活动。', '自收到本通知起']] as const) assert.equal(first(clause).deadline, words, clause)
})

test('the part of the day goes on to the next hour', () => {
  assert.equal(first('食堂下午2点、6点前各送一次姜汤。').dueAt, '2023-07-18T18:00')
  assert.equal(first('食堂上午9点、下午2点前各送一次姜汤。').dueAt, '2023-07-18T14:00')
})

test('so long after a moment that is written is a moment; where it cannot be reckoned, the words keep their day', () => {
  for (const [clause, due] of [['20日18:00后一小时内报送人数。', '2023-07-20T19:00'], ['7月20日24:00后两小时内清点完毕。', '2023-07-21T02:00'], ['各学院须在7月20日12时以后30分钟内上报。', '2023-07-20T12:30'], ['7月20日后三天内报送总结。', '2023-07-23']] as const) assert.equal(first(clause).dueAt, due, clause)
  for (const [clause, words] of [['7月20日后5个工作日内报送总结。', '7月20日后5个工作日内'], ['7月20日后半天内报送总结。', '7月20日后半天内'], ['停电后一小时内报送人数。', '停电后一小时内']] as const) assert.deepEqual([first(clause).deadline, first(clause).dueAt], [words, null], clause)
})

/** What a body orders and until when: the deadlines of all its duties. */
const ends = (body: string): (string | null)[] => readNotice(`关于做好防范工作的通知\n各学院：\n现将有关事项通知如下：\n${body}\n云岭测试学院\n2023年7月18日`).duties.map((duty) => duty.deadline)

test('the stretch of days in the brackets of a stage holds for all below it, bans and rhythms too, and so does one before 遵守以下规定', () => {
  assert.deepEqual(ends('一、步骤\n（一）排查阶段（7月20日至7月24日）\n1.后勤处检修水泵。\n2.保洁员每日拖洗走廊两次，不得使用明火。\n（二）总结阶段（7月25日至7月28日）\n1.各学院于7月26日前报送总结。\n二、保障\n后勤处采购水泵。'), ['2023-07-24', '2023-07-24', '2023-07-24', '2023-07-26', null])
  assert.deepEqual(ends('一、学生守则\n停水期间，住宿学生应遵守下列规定：\n（1）不准下楼取水；\n（2）不准倾倒污水。\n二、后勤处采购水泵。'), ['停水期间', '停水期间', null])
  assert.deepEqual(ends('一、学习园地（7月20日至7月24日）\n1.后勤处检修水泵。\n二、后勤处采购水泵。'), [null, null])
})

test('a stretch that opens with a day and closes with an event holds until that event, for the whole sentence', () => {
  assert.deepEqual(ends('一、7月20日8:00起至响应解除，泳池停止开放，外卖车辆暂停进校，保安应检查车辆。\n二、后勤处采购水泵。'), ['响应解除', '响应解除', '响应解除', null])
  assert.equal(first('自7月20日起至警报解除，学生不得下楼。').deadline, '警报解除')
  assert.equal(first('7月20日起至8月20日，禁止在校园内饲养犬只。').deadline, '2023-08-20')
})

test('上述工作 with a limit says until when what stands before it in the same clause is to be done', () => {
  assert.deepEqual(ends('一、后勤处要清理排水沟，检修水泵，不得焚烧落叶，上述工作务必于7月24日前完成。\n二、后勤处采购水泵。'), ['2023-07-24', '2023-07-24', null, null])
  assert.deepEqual(ends('一、后勤处于7月20日前清理排水沟。保卫处检修路灯。以上工作须在7月24日前全部完成。\n二、后勤处采购水泵。'), ['2023-07-20', '2023-07-24', null])
  assert.deepEqual(ends('一、上述工作务必于7月24日前完成。\n二、后勤处采购水泵。'), ['2023-07-24', null])
})

test('届时 is the time just announced, and what only says when is no duty', () => {
  const duty = first('每周三14:00至16:00为全校清扫时间，届时请各学院组织学生清扫教室。')
  assert.deepEqual([duty.text, duty.deadline, duty.recurrence, duty.hour], ['请各学院组织学生清扫教室', '16:00', '每周三', '16:00'])
  assert.equal(first('7月25日9:00至11:00为疏散演练时间，届时各学院要组织学生到操场集合。').dueAt, '2023-07-25T11:00')
})

test('what 并将 does with the thing before it has its day, so much of something joined by 并 too, unless it goes on for longer or stands under a condition; a ban has its stretch', () => {
  for (const [clause, days] of [['后勤处于7月20日前检查水泵，并将地漏封堵。', ['2023-07-20', '2023-07-20']], ['辅导员每晚22:30前逐寝点名，并将缺勤名单报学生处。', ['22:30', '22:30']], ['后勤处于7月20日前检查水泵，并定期将地漏封堵。', ['2023-07-20', null]], ['后勤处于7月20日前检查水泵，并对仓库全面消毒。', ['2023-07-20', null]], ['保卫处于7月20日前购置水泵，并配备5名操作员。', ['2023-07-20', '2023-07-20']], ['患者在隔离期内须服药，不得会客。', ['隔离期内', '隔离期内']], ['暴雨期间保安每小时巡查一次，一旦积水立即断电。', ['暴雨期间', '立即']]] as const) assert.deepEqual(ends(`一、${clause}\n二、后勤处采购水泵。`).slice(0, 2), days, clause)
})

test('events at the head of a rhythm, and what must have come first', () => {
  for (const [clause, words] of [['保安洪水影响时段每半小时巡查一次。', '保安洪水影响时段'], ['园医每日入园时检查幼儿口腔。', '入园时'], ['换装新泵，取得合格证书后方可供水。', '取得合格证书后']] as const) assert.equal(readNotice(`关于做好防范工作的通知\n各学院：\n现将有关事项通知如下：\n一、${clause}\n二、各单位要及时上报情况。\n云岭测试学院\n2023年7月18日`).duties.findLast((duty) => duty.clause === '一')?.deadline, words, clause)
  assert.equal(first('学生经辅导员审批后方可离校。').deadline, null)
  assert.equal(first('12.3日下午停课。').dueAt, null)
})
