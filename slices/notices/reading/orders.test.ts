/** What is an order and what is not, in many words; where the words of an order begin. */
import { strict as assert } from 'node:assert'
import { test } from 'node:test'
import { readNotice } from './read.ts'
import type { Duty } from './types.ts'

const duties = (clause: string): Duty[] => readNotice(`关于做好防范工作的通知\n各学院：\n现将有关事项通知如下：\n一、${clause}\n二、各单位要及时上报情况。\n云岭测试学院\n2023年7月18日`).duties.filter((duty) => duty.clause === '一')
const texts = (clause: string): string[] => duties(clause).map((duty) => duty.text)

test('what is told, praised, counted, explained or left open is no order', () => {
  for (const clause of ['入汛以来，全校累计排查隐患126处，整改完成118处。', '7月10日，学校召开专题会议，部署防汛工作。', '机械学院连续三天组织师生清淤，受到街道好评。', '沿湖巡查组连续作战三昼夜，保住了东堤，受到表扬。', '青山中学把洗手训练编进课间操，做法值得各地借鉴。', '个别单位值班人员不在岗，个别学生翻越围栏外出。', '检查发现，部分实验室危化品未按规定存放。', '去年同期，某高校因未及时转移人员造成伤亡，教训十分惨痛。', '蚊媒传染病可防可控，关键在于清除积水。', '含氯消毒液配制方法见附件2。', '领取地点在后勤楼一楼大厅。', '报名截止时间为7月20日17:00。', '当前正值秋冬交替，呼吸道疾病进入高发期。', '停课与否由属地专家组评估。', '各单位要高度重视，加强领导，明确分工，落实责任，确保各项工作落到实处。', '对脱岗的，当年不得评优。', '选购时可参考校医院公众号。']) assert.deepEqual(texts(clause), [], clause)
})

test('under a heading that announces what was found, only what is expressly ordered counts', () => {
  const found = readNotice('关于整改的通知\n各单位：\n一、检查发现的主要问题\n①第二食堂晨检流于形式；②通风口堆放杂物。\n二、整改要求\n各单位清理通风口。\n后勤处\n2023年7月18日').duties
  assert.deepEqual(found.map((duty) => duty.text), ['各单位清理通风口'])
})

test('whom and when it concerns stands with the order, letter for letter', () => {
  for (const [clause, text] of [['布雷图指数超过5的片区，责任单位要在3天内完成强化灭蚊。', '布雷图指数超过5的片区，责任单位要在3天内完成强化灭蚊'], ['隔离期未满，不得出院返校。', '隔离期未满，不得出院返校'], ['响应解除后24小时内，各单位完成灾损清点。', '响应解除后24小时内，各单位完成灾损清点'], ['延期以一次为限，不得再延。', '延期以一次为限，不得再延'], ['后勤处从专项经费中列支，12月5日前拨付到支部。', '后勤处从专项经费中列支，12月5日前拨付到支部']] as const) assert.deepEqual(texts(clause), [text], clause)
})

test('acts with times of their own are acts apart; one act in two words is one', () => {
  assert.deepEqual(texts('须在10分钟内口头报告、半小时内补报书面材料。'), ['须在10分钟内口头报告', '半小时内补报书面材料'])
  assert.deepEqual(texts('校医院每周一布放诱卵器50个、每周四回收计数。'), ['校医院每周一布放诱卵器50个', '每周四回收计数'])
  assert.deepEqual(texts('志愿者上岗前培训、离岗时交还物资。'), ['志愿者上岗前培训', '离岗时交还物资'])
  assert.deepEqual(texts('对安置人员逐一登记、每日测温两次。'), ['对安置人员逐一登记、每日测温两次'])
  assert.deepEqual(texts('建立台账，每日更新。'), ['建立台账，每日更新'])
})

test('由……负责 names the actor of what stands beside it, and is an order only when alone', () => {
  const [first] = duties('教室通风由教务处负责，每个课间开窗不少于10分钟。')
  assert.deepEqual([first?.actor, duties('教室通风由教务处负责，每个课间开窗不少于10分钟。').length], ['教务处', 1])
  assert.equal(duties('松动的广告牌要先拆后报，由后勤处负责。')[0]?.actor, '后勤处')
  assert.equal(duties('教学区由各学院负责，宿舍区由宿管中心负责。').length, 2)
})

test('an everyday verb is enough: where something is done with something, or it is ordered outright', () => {
  for (const clause of ['食堂按人头把盒饭分到楼层。', '考生进入考点须测体温。', '海上作业船只一律回港。', '每间教室配一支体温计。', '督促物业清理屋顶。', '有人受伤，10分钟内打138 0000 0000。', '到校医院就诊的学生要佩戴口罩。']) assert.equal(duties(clause).length, 1, `${clause}: ${texts(clause).join('|')}`)
})

test('a place is no actor, a person before 的 is', () => {
  for (const [clause, actor] of [['地下车库入口处设置挡水板。', '各学院'], ['体温异常者由专用通道进入考场。', '体温异常者'], ['每周一、三、五对教室消毒。', '各学院'], ['一律不接待来访人员。', '各学院'], ['值班领导每晚10点前查岗。', '值班领导'], ['请假学生须提前3天申请。', '请假学生'], ['到校医院就诊的学生要佩戴口罩。', '到校医院就诊的学生'], ['①后勤处备足沙袋。', '后勤处']] as const) assert.equal(duties(clause)[0]?.actor, actor, clause)
})

test('不 before an act is an order not to do it, with whom or when it concerns', () => {
  for (const clause of ['孕期教职工不参与消杀。', '体检不合格的，不派往一线。', '未经验收的楼宇不启用。', '未持证的电工不操作配电柜。', '身体不适的，不安排外勤。', '没有消防器材的库房不存放易燃物品。', '心理测评异常者，不派往外地实习。', '风力超过八级时，不出海。', '证照不全的车辆不派出。', '患慢性病的队员不承担夜间巡逻。', '原定的比赛一律推迟到汛期结束后。', '校际联赛延期至响应终止后。', '已排定的考试统一顺延到下学期。', '实习生未向导师登记，不准进入实验室。', '未办理请假手续，不得擅自离校。']) {
    const found = duties(clause)
    assert.deepEqual(found.map((duty) => [duty.text, duty.modality]), [[clause.slice(0, -1), 'must-not']], clause)
  }
})

test('不 in a story, a judgement or a description forbids nothing', () => {
  for (const clause of ['不参加保险的学生要登记造册。', '不派车的单位要提前说明。', '不开放的场馆要张贴告示。', '目前尚未发现不使用消毒剂的食堂。', '会议指出，个别单位不参与演练。', '不少学校的食堂不供应早餐。', '几名队员三天三夜不离堤坝。', '志愿者不怕苦累，坚守堤坝。', '接种疫苗不影响正常上课。', '各单位不能不重视。', '未经消毒的餐具不安全。', '队员们白天不休息，夜里不睡觉，连续奋战。', '台风过后，不启用备用电源的楼宇须断电检查。', '推迟到校的学生须提前报备。', '据了解，该校未向家长通报，造成不良影响。', '因大雾，昨日航班推迟到今晨后陆续起飞。']) assert.deepEqual(duties(clause).filter((duty) => duty.modality === 'must-not').map((duty) => duty.text), [], clause)
})

test('behind whom it concerns, 不 before a verb no list knows forbids too, leave and judgement do not', () => {
  for (const clause of ['体检不合格的，不推荐参赛。', '成绩造假者，不列为骨干队员。', '未经校医院同意，不恢复训练。']) assert.deepEqual(duties(clause).map((duty) => [duty.text, duty.modality]), [[clause.slice(0, -1), 'must-not']], clause)
  for (const clause of ['已接种的，不一定不感染。', '情节轻微的，不追究责任。', '请假的，不影响成绩。', '确诊的，不享受补贴。', '有症状的，不算合格。']) assert.deepEqual(duties(clause).filter((duty) => duty.modality === 'must-not'), [], clause)
})

test('paragraphs that begin 一要, 二要 are items of their own, and keep their words', () => {
  const reading = readNotice('关于做好防汛工作的通知\n各学院：\n现将有关要求通知如下：\n一要排查隐患。后勤处7月20日前检查水泵，地下室不得住人。\n二要备足物资。保卫处储备沙袋。\n云岭测试学院\n2023年7月18日')
  assert.deepEqual(reading.clauses.map((clause) => [clause.number, clause.heading]), [['前言', null], ['一', null], ['二', null]])
  assert.deepEqual(reading.duties.filter((duty) => duty.modality === 'must-not').map((duty) => [duty.clause, duty.text]), [['一', '地下室不得住人']])
})

test('short numbered lines without a mark at their end are orders where they order, headings where they name', () => {
  const reading = readNotice('关于做好防汛工作的通知\n各学院：\n一、不喝生水\n二、勿下河游泳\n三、饭前洗手\n四、联系方式\n云岭测试学院\n2023年7月18日')
  assert.deepEqual(reading.duties.map((duty) => duty.text), ['不喝生水', '勿下河游泳', '饭前洗手'])
  assert.deepEqual(reading.clauses.filter((clause) => clause.heading !== null).map((clause) => clause.heading), ['联系方式'])
})

test('a table without who or by when gives the cells that say themselves that they order; remarks that order are read', () => {
  const reading = readNotice('关于做好防汛工作的通知\n各学院：\n一、分区要求见下表。\n区域\t管理要求\n实验楼\t非工作人员不得进入\n水房\t供水正常\n注：外来车辆严禁停放。\n云岭测试学院\n2023年7月18日')
  assert.deepEqual(reading.duties.map((duty) => duty.text), ['非工作人员不得进入', '外来车辆严禁停放'])
})

test('who stands at the head goes on after those whom a ban in between concerns; the hours of a hotline are no rhythm', () => {
  assert.deepEqual(duties('各连队须在每日训练前询问身体状况，凡有发热、腹泻者一律不得参训，并于当日8:30前将名单交营部。').map((duty) => duty.actor), ['各连队', '有发热、腹泻者', '各连队'])
  assert.equal(duties('发现人应当立即拨打校医院24小时值班电话。')[0]?.recurrence, null)
  assert.equal(duties('值班室电话保持24小时畅通。')[0]?.recurrence, '24小时')
})

test('whoever a label at the head names does what follows, and by its hour; who is named with an order of their own does that', () => {
  const told = (clause: string): unknown[] => duties(clause).map((duty) => [duty.actor, duty.deadline])
  assert.deepEqual(told('团委：只用学校账号发布。'), [['团委', null]])
  assert.deepEqual(told('卫生科：图书馆设采样点。'), [['卫生科', null]])
  assert.deepEqual(told('楼栋长：21:30之前清点人数。'), [['楼栋长', '2023-07-18T21:30']])
  assert.deepEqual(told('总务处：18点前封住地下车库。'), [['总务处', '2023-07-18T18:00']])
  assert.deepEqual(told('总务处：备棉被60床、热水瓶30个。'), [['总务处', null]])
  assert.deepEqual(told('教务处：各实验室须断电。'), [['各实验室', null]])
  assert.deepEqual(told('体育馆：设置医疗点。'), [['体育馆', null]])
})

test('the finder is somebody, finding people is not', () => {
  assert.equal(duties('实验室出现异味的，发现人应当立即报告保卫处。')[0]?.actor, '发现人')
  assert.equal(duties('发现者须立即断电。')[0]?.actor, '发现者')
  assert.equal(duties('发现人员聚集的，立即报告保卫处。')[0]?.actor, '各学院')
})

test('where somebody stands and that nobody may wait order nothing', () => {
  for (const clause of ['高等学校处在防汛救灾的第一线，形势严峻。', '我校正处于流感流行的关键时期。', '汛情当前，谁也不能等，谁也不能慢。']) assert.deepEqual(texts(clause), [], clause)
  assert.equal(duties('保卫处在南门设卡。')[0]?.actor, '保卫处')
  assert.equal(duties('水退之前谁也不能下楼。')[0]?.modality, 'must-not')
})

test('the hours in which a ban holds are no deadline, the hour before which it holds is', () => {
  const times = (clause: string): unknown[] => duties(clause).map((duty) => [duty.modality, duty.deadline, duty.recurrence])
  assert.deepEqual(times('每天12:30至16:00停止一切露天作业。'), [['must-not', null, '每天']])
  assert.deepEqual(times('每天12:30至16:00，停止一切露天作业。'), [['must-not', null, '每天']])
  assert.deepEqual(times('每天16:00前不得开门。'), [['must-not', '16:00', '每天']])
})
