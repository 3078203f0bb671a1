/** Acts that no list names, times that stand in a heading, links, short dates; in invented sentences, and what only looks like them. */
import { strict as assert } from 'node:assert'
import { test } from 'node:test'
import { readNotice } from './read.ts'
import type { Duty, NoticeReading } from './types.ts'

const notice = (body: string): NoticeReading => readNotice(`关于做好防范工作的通知\n各学院：\n现将有关事项通知如下：\n${body}\n三、各单位要及时上报情况。\n云岭测试学院\n2023年7月18日`)
const duties = (clause: string): Duty[] => notice(`一、${clause}\n二、后勤处检查水泵。`).duties.filter((duty) => duty.clause === '一')
const texts = (clause: string): string[] => duties(clause).map((duty) => duty.text)

test('somebody is told to do what no list knows; how things are with somebody is no duty', () => {
  for (const clause of ['总务处多烧两锅姜汤。', '宿管员替病号打饭。', '各班班主任盘问缺席缘由。', '辅导员替学生跑手续。', '保洁员每晚搓洗拖把。']) assert.equal(texts(clause).length, 1, clause)
  for (const clause of ['总务处人手较紧。', '学生情绪稳定。', '各班纪律良好。', '辅导员感到压力很大。', '家长来电表示理解。', '校医院门诊大厅宽敞。', '居民就愿意听他的。', '教务处楼上两间。']) assert.deepEqual(texts(clause), [], clause)
})

test('a plain act of one sign opens an order; the name of a thing does not', () => {
  for (const clause of ['走西侧坡道，别挤电梯口。', '宿舍里备两桶清水。', '楼梯间的旧桌椅全部搬走。', '离开时关水龙头。', '入校三天内做一次核酸，之后每两天一次。', '戴帽子和手套。']) assert.ok(texts(clause).length > 0, clause)
  for (const clause of ['备料间在一楼。', '清明前后雨水偏多。', '关于住宿费的说明。', '走廊光线较暗。', '伤员全部脱离危险。']) assert.deepEqual(texts(clause), [], clause)
})

test('what stands behind somebody and a colon is his, whatever the verb; who he is, where, and how things are is no duty', () => {
  for (const [clause, actor] of [['网络中心：7月20日18时前交换机断市电、接电池。', '网络中心'], ['保卫处：北门双人双岗。', '保卫处'], ['档案馆：密集架离地半米。', '档案馆'], ['各班：门窗早开晚合。', '各班']] as const) assert.deepEqual(duties(clause).map((duty) => [duty.actor, duty.modality]), [[actor, 'must']], clause)
  for (const clause of ['教务处：二号楼三层西侧。', '后勤处：水电、供暖、餐饮。', '学生处：陈老师。', '保卫处：校园秩序稳定。', '学生处：人手较紧。', '国际处：英语、法语双语服务。']) assert.deepEqual(texts(clause), [], clause)
})

test('among acts a thing and a plain act is one too; a description among them is none, and two of four signs are one', () => {
  for (const [clause, act] of [['关好门窗，室外花盆搬内侧。', '室外花盆搬内侧'], ['检查线路，电表箱上双锁。', '电表箱上双锁'], ['清点人数，水管夜间留细流。', '水管夜间留细流']] as const) assert.ok(texts(clause).includes(act), clause)
  for (const clause of ['关好门窗，雨势较大，路面湿滑。', '清点人数，水位上涨，堤坝告急。', '检查门窗，学生情绪稳定，家长放心。', '收好衣物，大风扑面，天气转凉。']) assert.equal(texts(clause).length, 1, clause)
  assert.deepEqual(texts('水管夜间留细流。'), [])
  assert.deepEqual(texts('车辆驶离，吊篮落地。').length, 1)
  assert.deepEqual(texts('后勤处检查燃气灶，人走关阀。').length, 1)
})

test('so much to each, so often on those days', () => {
  for (const clause of ['体育馆每人领毛毯1条、水2瓶。', '每间领半桶。']) assert.equal(texts(clause).length, 1, clause)
  assert.deepEqual(duties('褥子周二、周五晒两次。').map((duty) => duty.recurrence), ['周二、周五'])
  assert.deepEqual(texts('每人领了两瓶水。'), [])
})

test('do not, at the head of a segment, forbids whatever the verb; a manner, a state or a cost does not', () => {
  for (const clause of ['不踩窨井盖，不蹚浑水。', '不碰断线，不抠墙皮，不掀井盖。', '门窗外侧，不搭遮阳篷布。', '不同意你院提前复工。', '全县幼儿园停园两天。', '露天电影停映，周末集市停办，夜校停讲。', '鉴定不合格的看台停止使用。', '已报废的锅炉不再点火。']) assert.ok(duties(clause).some((duty) => duty.modality === 'must-not'), clause)
  for (const clause of ['不同意接种的家长可以提出。', '不产生滞纳金，不记逾期。', '不慌不忙，不急不躁。', '不履行职责的单位取消评优资格。', '不影响成绩，不计入考勤。', '不经意间已到深秋。']) assert.ok(duties(clause).every((duty) => duty.modality !== 'must-not'), clause)
})

test('one report to two, and what 并 joins on, is one duty', () => {
  assert.deepEqual(texts('各班每晚20:00前报年级组，并报值班校长。'), ['各班每晚20:00前报年级组，并报值班校长'])
  assert.deepEqual(texts('发现漏雨的及时告知维修班，并抄送基建处。').length, 1)
  assert.equal(texts('门卫每天清点钥匙，并擦净柜面。').length, 1)
  // With a time of its own it is another.
  assert.equal(texts('各班每晚20:00前报年级组，并于周五12:00前报教务处。').length, 2)
})

test('a time in a heading, or before a colon, holds for what stands below and has none', () => {
  const below = notice('一、清退积水（7月20日18:00前）\n（一）总务处抽干地下室。\n（二）各班每天倒一次托盘。\n（三）严禁学生下井。\n（四）发现漏电的立即报警。\n二、接到通知后3小时内完成以下工作：\n1．拆除门头广告牌。\n2．校门口张贴告示。').duties
  const due = (part: string): string | null | undefined => below.find((duty) => duty.text.includes(part))?.deadline
  assert.equal(due('抽干'), '2023-07-20T18:00')
  assert.match(below.find((duty) => duty.text.includes('抽干'))?.derivation ?? '', /标题/)
  assert.equal(due('托盘'), null)
  assert.equal(due('下井'), null)
  assert.equal(due('报警'), '立即')
  assert.match(due('广告牌') ?? '', /3小时内/)
  assert.match(due('告示') ?? '', /3小时内/)
})

test('12.3下班前 is a day, 12.3公里 and 1.2 are none', () => {
  for (const [clause, day] of [['各班于7.25下班前交表。', '2023-07-25'], ['名单（8.1前）报教务处。', '2023-08-01'], ['请各系8/2前报送安排。', '2023-08-02'], ['各校8.10上午9点前报送。', '2023-08-10']] as const) assert.ok(duties(clause).some((duty) => (duty.dueAt ?? '').startsWith(day)), clause)
  for (const clause of ['巡查范围扩大到12.3公里。', '各站排查1.2米以下的积水。', '食堂把V2.1前端更新。']) assert.ok(duties(clause).every((duty) => duty.dueAt === null), clause)
})

test('每三天一次 beside 48小时内 is the rhythm, not 48小时内做一次', () => {
  const [first, second] = duties('学生入校后在48小时内测一次体温，每三天查一次宿舍。')
  assert.equal(first?.recurrence, null)
  assert.equal(second?.recurrence, '每三天')
})

test('a link of Markdown is shown whole and read as its words; bullets and a table of pipes stay out', () => {
  const text = '# 关于防汛的通知\n\n各学院：\n\n## 一、报送\n\n- 各班于7月20日前在[填报系统](https://example.edu.cn/a-b?x=1)登记。\n- 联系[值班室](https://example.edu.cn/z "值班")。\n+ 严禁下河。\n\n| 楼栋 | 负责人 |\n| --- | --- |\n| 一号楼 | 宿管科 |\n\n云岭学院\n2023年7月18日'
  const reading = readNotice(text)
  const found = reading.duties.map((duty) => duty.text)
  assert.ok(found.includes('各班于7月20日前在[填报系统](https://example.edu.cn/a-b?x=1)登记'), found.join('\n'))
  assert.ok(found.includes('严禁下河'))
  assert.ok(!found.some((one) => /楼栋|---|一号楼/.test(one)), found.join('\n'))
  for (const duty of reading.duties) assert.equal(duty.text, text.slice(duty.start, duty.end))
})

test('who is left out, which ones, what lasts longer and what is left open are no acts and no bans', () => {
  assert.deepEqual(duties('教职工除值班人员以外，18:00前全部离校。').map((duty) => duty.actor), ['教职工'])
  for (const clause of ['证件不全的不放人。', '停课年级教师不到其他年级代课。', '晚自习人员，领饭别挤。', '学校今晚不上晚自习。', '漏雨房间的电路停用检修，配套浴室停热。']) assert.ok(duties(clause).some((duty) => duty.modality === 'must-not'), clause)
  for (const clause of ['门禁延迟到23:30。', '何时停课由专家组评估后决定。', '各室上报不可中断设备清单。', '两项材料缺一不可。', '大型科研项目暂不暂停。', '不予归还的由借用人赔偿。', '几个不要：']) assert.ok(duties(clause).every((duty) => duty.modality !== 'must-not'), clause)
})

test('headings numbered by figures and blanks alone, and by 甲乙丙, are headings; counted things are none', () => {
  const spaced = readNotice('关于防汛的通告\n\n1  工作情况\n1.1 昨日水位上涨，两处积水。\n\n2  人员管理\n2.1 各班每天清点人数。\n2.2 严禁学生下河。\n\n云岭学院\n2023年7月18日')
  assert.deepEqual(spaced.clauses.filter((clause) => clause.level === 1 && clause.heading !== null).map((clause) => clause.heading), ['工作情况', '人员管理'])
  assert.deepEqual(spaced.duties.map((duty) => duty.clause), ['2', '2'])
  const stems = readNotice('关于防汛的通告\n各学院：\n甲、宿舍\n1. 严禁学生下河。\n乙、教室\n2. 各班每天清点人数。\n云岭学院\n2023年7月18日')
  assert.deepEqual(stems.clauses.flatMap((clause) => (clause.level === 1 && clause.heading !== null ? [clause.heading] : [])), ['宿舍', '教室'])
  assert.deepEqual(readNotice('关于防汛的通知\n各学院：\n1 人负责一层，\n2 人负责门岗。\n云岭学院\n2023年7月18日').clauses.filter((clause) => clause.heading !== null), [])
})

test('unsigned, the title names the issuer; a title in brackets before @ is the title; when it was revised is no part of the number', () => {
  assert.equal(readNotice('云岭学院学生处通知\n各学院：\n一、严禁学生下河。\n二、各班清点人数。').issuer, '云岭学院学生处')
  assert.equal(readNotice('云岭学院关于防汛的通知\n各学院：\n一、严禁学生下河。\n二、各班清点人数。').issuer, '云岭学院')
  assert.equal(readNotice('关于防汛的通知\n各学院：\n一、严禁学生下河。\n二、各班清点人数。').issuer, null)
  const chat = readNotice('【停课通知】@全体家长\n各位家长：\n明天停课一天。请不要送孩子来园。\n云岭幼儿园\n2025.11.19 20:40')
  assert.deepEqual([chat.title, chat.issuer, chat.date], ['停课通知', '云岭幼儿园', '2025-11-19'])
  assert.equal(readNotice('病房管理规定\n（2026年3月修订  校发〔2026〕6号）\n第一条　谢绝探视。\n云岭学院\n2026年3月9日').docNumber, '校发〔2026〕6号')
})

test('停园 is a stop and 放学 an act; a labelled paragraph above the first number orders; nobody leaves without need', () => {
  assert.deepEqual(duties('全镇幼儿园一律停园，小学提前放学。').map((duty) => duty.modality), ['must-not', 'must'])
  assert.deepEqual(duties('放学途中车辆较多。'), [])
  assert.deepEqual(duties('全体师生非必要不外出。').map((duty) => [duty.modality, duty.actor]), [['must-not', '全体师生']])
  const chat = readNotice('【提醒】@全体家长\n各位家长：\n【停课】大班自11月20日起停课两天。\n①孩子呕吐的，请告诉老师。\n②不要带孩子串门。\n云岭幼儿园\n2025年11月19日')
  assert.ok(chat.duties.some((duty) => duty.modality === 'must-not' && duty.text.includes('停课两天')))
})
