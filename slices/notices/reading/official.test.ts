import { strict as assert } from 'node:assert'
import { test } from 'node:test'
import { readNotice } from './read.ts'
import type { Duty, NoticeReading } from './types.ts'

const notice = (body: string): NoticeReading => readNotice(`关于做好防范工作的通知\n各学院：\n现将有关事项通知如下：\n${body}\n云岭测试学院\n2023年7月18日`)
const duties = (clause: string): Duty[] => notice(`一、${clause}\n二、后勤处检查水泵。`).duties.filter((duty) => duty.clause === '一')
const said = (clause: string): string[] => duties(clause).map((duty) => `${duty.modality} ${duty.text}`)

test('请 before a plain act asks for it, 请尽量 as far as may be', () => {
  assert.deepEqual(['请走东侧楼梯。', '请各位同学靠东墙站。', '请尽量走地下通道。', '请尽量乘坐校车。'].flatMap(said), ['must 请走东侧楼梯', 'must 请各位同学靠东墙站', 'should 请尽量走地下通道', 'should 请尽量乘坐校车'])
  for (const clause of ['要补短板。', '要走群众路线。']) assert.deepEqual(said(clause), [], clause)
})

test('how much, until when, where and how far belong to the act before', () => {
  for (const clause of ['食堂须购置面粉，库存量不少于8天用量。', '保安队要抽调40名队员，于7月20日8:00前在操场集结待命。', '后勤处购置水泵6台，7月20日6时前运抵北门仓库。', '保洁班打扫本楼门廊，雨停后3小时内打扫完毕。', '库房由器材科负责清空，明日12:00前必须完成。', '保卫处汇总后形成整改报告，7月30日前提交校务会审定。', '班长统计到课人数，在“云岭平安”小程序提交。', '排队时按学号顺序前往，保持一米距离。', '各系召开主题班会，宣讲用电常识。', '对滞留校外的学生，要逐个联系，协助其订票返程。', '请尽量乘坐校车，避免横穿马路。', '三号变压器的检修或者更换，应在7月20日18:00前完成，并连续试运行不少于6小时。']) assert.equal(duties(clause).length, 1, `${clause} ${said(clause).join('|')}`)
  assert.deepEqual(said('各单位每周五下午翻盆倒罐，7月28日前完成首轮清理。').length, 2)
})

test('so much of something joined by 并 is an act apart; its manner is not', () => {
  assert.deepEqual(said('食堂于7月25日前修订预案，并至少组织一次推演。'), ['must 食堂于7月25日前修订预案', 'must 至少组织一次推演'])
  assert.equal(duties('食堂于7月25日前修订预案，并抄送保卫处。').length, 1)
})

test('to stay where one is and not to go out is one ban; to stay in and not to go out are two', () => {
  assert.deepEqual(said('全体住宿生就地避险，不要外出。'), ['must-not 全体住宿生就地避险，不要外出'])
  assert.deepEqual(said('全体住宿生留在寝室，不要外出。'), ['must 全体住宿生留在寝室', 'must-not 不要外出'])
})

test('who is to do it may stand behind it, with another order after it', () => {
  const found = duties('闸门于洪水到达前1小时关闭，由水电班执行，任何人不得擅自开启。')
  assert.deepEqual(found.map((duty) => [duty.modality, duty.actor]), [['must', '水电班'], ['must-not', '任何人']])
})

test('a ban above the list of those it concerns is one, a list of what is forbidden needs none above it', () => {
  const above = notice('一、返校条件\n（一）持证返校。\n（二）以下三类学生推迟返校：\n1.正在发烧的；\n2.尚在隔离的；\n3.住在封控楼的。\n二、后勤处检查水泵。')
  assert.deepEqual(above.duties.filter((duty) => duty.modality === 'must-not').map((duty) => duty.text), ['以下三类学生推迟返校'])
  assert.equal(notice('一、不得有下列行为：\n1.私拉电线；\n2.擅自离岗。\n二、后勤处检查水泵。').duties.some((duty) => duty.text.includes('下列行为')), false)
})

test('where findings are told, what cannot run is none forbidden to; a case is no ban, a legend neither', () => {
  assert.deepEqual(notice('一、检查发现的问题\n东区5号风机不能启动，配电房门锁损坏。\n二、后勤处检查水泵。').duties.map((duty) => duty.text), ['后勤处检查水泵'])
  assert.deepEqual(said('雨季来临前如不能竣工，应当加盖雨布。').map((one) => one.split(' ')[0]), ['must'])
  for (const clause of ['绿标可用、黄标慎用、红标禁用。', '红牌停用，黄牌待修。', '红牌禁用。']) assert.deepEqual(said(clause), [], clause)
  for (const clause of ['红牌禁入。', '挂红牌的楼禁用。', '红码人员禁止进校。']) assert.deepEqual(said(clause).map((one) => one.split(' ')[0]), ['must-not'], clause)
})

test('told, announced, wished: no duty', () => {
  for (const clause of ['请认真抓好整改。', '请各位家长认真阅读、合理安排出行。', '总务处将每月通报各楼水质检测结果。', '安保处将于7月28日至30日组织复查。', '学校成立防汛工作领导小组。', '第一食堂作为临时供餐点，请耐心等待。', '泳池每日8:00至20:00开放。', '早发现、早报告、早治疗。', '引导学生做自己健康的第一责任人。', '过去两周，保洁员清扫落叶40车，谨此表示衷心的感谢。', '对玩忽职守、瞒报情况的，从严从重处理。', '在安全评定中实行“一票否决”。']) assert.deepEqual(said(clause), [], clause)
  for (const [clause, count] of [['请各学院抓好宿舍的通风消毒。', 1], ['总务处将水质检测结果每月公布一次。', 1], ['总务处将每周的检测报告张贴在餐厅门口。', 1], ['各单位于7月20日前补足沙袋，特此表示感谢。', 1], ['各学院要成立工作专班。', 1], ['将食堂作为临时供餐点，备齐餐具。', 2], ['票据要妥善保存，以备查验。', 1], ['保卫处要增设护栏，严防人员聚集拥堵。', 1], ['食堂每日7:00至8:00供应姜汤。', 1]] as const) assert.equal(duties(clause).length, count, `${clause} ${said(clause).join('|')}`)
  assert.deepEqual(said('保卫处要增设护栏，严防人员聚集拥堵。').filter((one) => one.startsWith('must-not')), [])
})

test('advice goes on over an hour of the day; what two conditions say of the same people stands together', () => {
  assert.deepEqual(said('提倡师生自备餐具，饭前洗手。').map((one) => one.split(' ')[0]), ['should', 'should'])
  assert.deepEqual(said('离校前5天内未去过疫区、未发烧，且测温正常的学生方可登车。'), ['must 离校前5天内未去过疫区、未发烧，且测温正常的学生方可登车'])
  assert.equal(duties('学生退烧满24小时后，须凭证明返校。')[0]?.deadline, '退烧满24小时后')
  assert.deepEqual(['复工必须以检测报告为准。', '开学时间以教育厅通知为准。'].map((clause) => duties(clause).length), [1, 0])
  assert.equal(duties('抹布要分色使用，清洁工具应当分区使用。').length, 2)
})

test('the number of an order for repair, and a hazard whose warning sets an order off', () => {
  const found = readNotice('防汛整改通知书\n（2023）云安改字第7号\n后勤集团：\n6月的防汛检查发现下列问题。\n一、排水沟淤塞。须于7月25日前疏通排水沟，防汛沙袋要补足。\n二、遇暴雨黄色及以上预警，应安排专人值守。\n云岭测试学院安全办公室\n2023年7月18日')
  assert.deepEqual([found.docNumber, found.hazards.includes('rainstorm')], ['（2023）云安改字第7号', true])
})

test('columns set with wide blanks are a table, also where a long name leaves but one blank', () => {
  const found = notice('一、任务分工\n序号　　任务内容　　　　　　　责任部门　　　完成时限\n①　　修订预案，补足沙袋　　　　保卫处　　　　7月21日\n②　　组织一次疏散演练　　　　　后勤处、学生处　7月25日\n二、后勤处检查水泵。').duties.filter((duty) => duty.clause === '一')
  assert.deepEqual(found.map((duty) => [duty.text, duty.actor, duty.dueAt]), [['修订预案，补足沙袋', '保卫处', '2023-07-21'], ['组织一次疏散演练', '后勤处、学生处', '2023-07-25']])
})

test('below 返校时间 a line that says who comes when is a duty of theirs; elsewhere it is none', () => {
  const lines = '第一批　7月22日（星期六）8:00—18:00　水利学院、农学院\n第二批　7月23日（星期日）8:00—18:00　艺术学院'
  assert.deepEqual(notice(`一、返校时间\n${lines}\n二、后勤处检查水泵。`).duties.filter((duty) => duty.clause === '一').map((duty) => [duty.actor, duty.dueAt]), [['水利学院、农学院', '2023-07-22T18:00'], ['艺术学院', '2023-07-23T18:00']])
  assert.deepEqual(notice(`一、获奖名单\n${lines}\n二、后勤处检查水泵。`).duties.filter((duty) => duty.clause === '一'), [])
})

test('what comes first and 方可, 才能 behind it oblige; 才能 as a gift or as a hope does not', () => {
  for (const clause of ['不再咳嗽后才能返校。', '体检合格后才可登车。', '饮水经化验后方可供餐。']) assert.deepEqual(said(clause).map((one) => one.split(' ')[0]), ['must'], clause)
  for (const clause of ['学生展示了才能。', '只有人人尽责，才能战胜疫情。']) assert.deepEqual(said(clause), [], clause)
})

test('a step named with its time in brackets is a heading: what stands below is due then, and its hours are of that day', () => {
  const found = notice('一、步骤\n（一）物资装车（7月19日20时前）。后勤处将水泵运到码头。保卫处于17时前清空通道。\n（二）人员渡河（7月20日7时至10时）。各学院清点人数，不得抢渡。\n二、后勤处检查水泵。').duties
  assert.deepEqual(found.map((duty) => [duty.text, duty.dueAt]), [
    ['后勤处将水泵运到码头', '2023-07-19T20:00'], ['保卫处于17时前清空通道', '2023-07-19T17:00'], ['各学院清点人数', '2023-07-20T10:00'], ['不得抢渡', null], ['后勤处检查水泵', null],
  ])
  assert.deepEqual(notice('一、步骤\n（一）后勤处要将水泵运到码头（7月19日20时前）。\n二、后勤处检查水泵。').duties.map((duty) => duty.dueAt), ['2023-07-19T20:00', null])
})

test('a ban has what must come first, also a long one in the midst of a sentence and with 原则上', () => {
  for (const [clause, words] of [['后勤处抢修闸门，经水利部门三次试运行合格前，不得开闸。', '经水利部门三次试运行合格前'], ['受淹教室在物业公司清点前原则上不得搬动。', '物业公司清点前']] as const)
    assert.equal(duties(clause).find((duty) => duty.modality === 'must-not')?.deadline, words)
})

test('when there is work and when there is none is the calendar; to go to work when told is a duty', () => {
  for (const clause of ['8月1日（星期二）至3日（星期四）放假调休，共3天。', '7月29日（星期六）、30日（星期日）正常上课，分别执行8月1日、2日的课表。', '8月4日补班。']) assert.deepEqual(said(clause), [], clause)
  assert.deepEqual(['各单位应于8月4日照常上班。', '8月1日全天停课。', '食堂8月1日至3日正常供餐。'].map((clause) => said(clause).length), [1, 1, 1])
})

test('how well something works, in how many steps it is done and what the office above will do itself orders nothing', () => {
  for (const clause of ['紫外灯对芽孢的消毒效果有限。', '清淤分排水、铲泥、冲洗三步进行。', '省教育厅将会同水利厅于8月上旬开展联合检查。']) assert.deepEqual(said(clause), [], clause)
})
