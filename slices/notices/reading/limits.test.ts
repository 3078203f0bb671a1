import { strict as assert } from 'node:assert'
import { test } from 'node:test'
import { readNotice } from './read.ts'
import type { Duty, NoticeReading } from './types.ts'

const notice = (body: string): NoticeReading => readNotice(`关于做好防范工作的通知\n各学院：\n现将有关事项通知如下：\n${body}\n三、各单位要及时上报情况。\n云岭测试学院\n2023年7月18日`)
const duties = (clause: string): Duty[] => notice(`一、${clause}\n二、后勤处检查水泵。`).duties.filter((duty) => duty.clause === '一')
const said = (clause: string): string[] => duties(clause).map((duty) => `${duty.modality} ${duty.text}`)

test('a limit of people, of hours, of pieces is not to be passed; a guess, a measure, a description, a time is no ban', () => {
  for (const clause of ['每场参观不超过30人。', '单次会议不超过一小时。', '每人领用不超过两套。', '卸货不超20分钟。', '进楼人数不超过20人。']) assert.deepEqual(said(clause).map((one) => one.split(' ')[0]), ['must-not'], clause)
  for (const clause of ['预计停电不超过三小时。', '离校时间不超过3天的学生无需报备。', '对不超过三人的小组，由导师审批。', '室内温度不超过26度。', '书面材料随后补交，最迟不超过当晚9点。', '阅览室每日接待不超过900人。']) assert.deepEqual(said(clause).filter((one) => one.startsWith('must-not')), [], clause)
})

test('moved to a later day is put off; moved to a place or an earlier hour is an act', () => {
  for (const clause of ['运动会改到下个月举行。', '原定周四的讲座改到8月9日。', '期中考试改到两周后。', '周末的电影停放两周。']) assert.deepEqual(said(clause).map((one) => one.split(' ')[0]), ['must-not'], clause)
  for (const clause of ['报到地点改到体育馆。', '电动车停放到北侧车棚。', '晨跑改到室内。']) assert.deepEqual(said(clause).map((one) => one.split(' ')[0]), ['must'], clause)
  assert.deepEqual(said('消防通道禁止停放一切车辆。'), ['must-not 消防通道禁止停放一切车辆'])
})

test('whoever does it answers for it; said twice it is one', () => {
  assert.deepEqual(said('谁领取谁归还。'), ['must 谁领取谁归还'])
  assert.deepEqual(said('谁审批谁负责，谁使用谁清理。'), ['must 谁审批谁负责，谁使用谁清理'])
  for (const clause of ['坚持谁主管谁负责原则。', '谁违规谁担责。']) assert.deepEqual(said(clause), [], clause)
})

test('an order and the ban behind it stay two: what is counted is not what is missing', () => {
  assert.deepEqual(said('15:00前统计未报到学生，不得漏报。'), ['must 15:00前统计未报到学生', 'must-not 不得漏报'])
  assert.deepEqual(said('管道未做防冻处理，不得关闭暖气。'), ['must-not 管道未做防冻处理，不得关闭暖气'])
  assert.deepEqual(said('先切断电源，勿用水泼。'), ['must 先切断电源', 'must-not 勿用水泼'])
  assert.deepEqual(said('安置点不生明火，不留过夜剩饭。'), ['must-not 安置点不生明火', 'must-not 不留过夜剩饭'])
  assert.deepEqual(said('面包车从西门进，卸货不超10分钟。'), ['must 面包车从西门进', 'must-not 卸货不超10分钟'])
  assert.deepEqual(said('由教务处下达停课单。').map((one) => one.split(' ')[0]), ['must'])
  assert.deepEqual(said('停课当天放学后两小时内，保洁员对教室消毒。').map((one) => one.split(' ')[0]), ['must'])
})

test('acts of messages: given to somebody, mended at once, so often, one after the other, after waiting', () => {
  for (const clause of ['钥匙交宿管。', '损失清单31日前交总务处。', '窗纱坏了今天就补。', '鱼缸、花盆四天倒一次。', '屋顶、水沟逐处查。', '等老师同意了再出门。', '9点前下到一楼。', '现场拍完发照片。', '北楼门口铺地毯。', '货车从后门进。', '只听值班员口令。', '半小时内关西闸、开北泵。']) assert.deepEqual(said(clause).map((one) => one.split(' ')[0]), ['must'], clause)
  for (const clause of ['省气象台18日发布暴雨橙色预警。', '专家建议立即腾空。', '本办法自7月20日起执行。', '请遵照执行。', '水位超警戒0.8米。', '门口铺着地毯。', '坡道上堆了雪。']) assert.deepEqual(said(clause), [], clause)
})

test('a day with an hour keeps its day; an hour behind it is of that day, and one below a line that says when is of that', () => {
  const due = (clause: string): (string | null)[] => duties(clause).map((duty) => duty.dueAt)
  assert.deepEqual(due('24日8点清点人数。'), ['2023-07-24T08:00'])
  assert.deepEqual(due('21日7:30前清出车道，9点前清出门口。'), ['2023-07-21T07:30', '2023-07-21T09:00'])
  assert.deepEqual(due('标语28日贴出。'), ['2023-07-28'])
  const staged = readNotice('关于分步转移的通知\n各学院：\n现将有关事项通知如下。\n第一步（7月20日20时至21日4时）\n22时前关闭车库。凌晨3点前清点人数。\n第二步（7月22日）\n10点前拆除沙袋。\n云岭测试学院\n2023年7月18日')
  assert.deepEqual(staged.duties.map((duty) => duty.dueAt), ['2023-07-20T22:00', '2023-07-21T03:00', '2023-07-22T10:00'])
  const table = readNotice('关于值班的通知\n各学院：\n一、安排如下。\n时间\t负责人\t工作任务\n20日8:00至18:00\t保卫处\t9点前打开东门\n20日18:00至21日8:00\t后勤处\t6点前清扫坡道\n二、后勤处检查水泵。\n云岭测试学院\n2023年7月18日')
  assert.deepEqual(table.duties.map((duty) => duty.dueAt).slice(0, 2), ['2023-07-20T09:00', '2023-07-21T06:00'])
})

test('an order with labels for number and receivers, an office in the title, a name with its English', () => {
  const order = readNotice('白石河流域防汛指挥部6小时行动指令\n编号：白防令2026-11\n接令单位：白石学院、河东水务所\n签发时间：2026年6月3日8时\n\n各单位照此执行。\n10时前关闭闸门。')
  assert.deepEqual([order.issuer, order.docNumber, order.addressees, order.date], ['白石河流域防汛指挥部', '白防令2026-11', ['白石学院', '河东水务所'], '2026-06-03'])
  const bilingual = readNotice('国际学生寒潮提示\n各位国际学生 / Dear students:\n一、今天下午5点前关好门窗。\n二、不得外出。\n海岬大学国际合作处 International Office, Haijia University\n2025年1月6日')
  assert.deepEqual([bilingual.issuer, bilingual.addressees, bilingual.duties[0]?.dueAt], ['海岬大学国际合作处', ['各位国际学生'], '2025-01-06T17:00'])
})

test('a page pasted with its tags, NULs between the signs, full-width figures: the same reading', () => {
  const plain = '关于防御寒潮的通知\n各学院：\n一、1月9日12时前关好门窗。\n二、不得使用电炉。\n海岬大学保卫处\n2025年1月6日'
  const of = (text: string): unknown[] => { const reading = readNotice(text); return [reading.title, reading.issuer, reading.date, reading.addressees, reading.duties.map((duty) => [duty.modality, duty.dueAt])] }
  const expected = of(plain)
  assert.deepEqual((expected[4] as unknown[]).length, 2)
  for (const text of [plain.split('\n').map((line) => `<p style="text-indent:2em"><span>${line}</span>&nbsp;</p>`).join('\n'), plain.replaceAll('\n', '<br/>'), plain.replace(/(.)/g, '$1\0'), plain.replace(/(?<=.)(?=.)/g, ' '), plain.replace(/\d/g, (figure) => String.fromCharCode(figure.charCodeAt(0) + 0xfee0)), `\u202e${plain}\u202c`]) assert.deepEqual(of(text), expected, text.slice(0, 40))
  assert.deepEqual(readNotice('关于水位的通知\n各学院：\n一、水位<p且>q时不得下河。\n二、检查水泵。').duties.map((duty) => duty.modality), ['must-not', 'must'])
})

test('what stands in angle brackets and is no tag is shown', () => {
  const of = (title: string): string | null => readNotice(`${title}\n各学院：\n一、7月20日前报送名单。\n云岭测试学院\n2023年7月18日`).title
  assert.equal(of('关于用<A4>纸张贴防汛须知的通知'), '关于用<A4>纸张贴防汛须知的通知')
  assert.equal(of('关于<a href="x.htm">报送</a>名单的<b>通知</b>'), '关于报送名单的通知')
})

test('a text with a blank behind every sign: names are shown without them, the words of a duty as they stand', () => {
  const reading = readNotice('关 于 防 汛 的 通 知\n各 学 院 ：\n一 、 学 生 处 1 9 日 前 清 点 教 材 。\n附 件 1 2 份\n云 岭 测 试 学 院\n2 0 2 3 年 7 月 1 8 日')
  assert.deepEqual([reading.title, reading.addressees, reading.date, reading.duties[0]?.actor, reading.duties[0]?.dueAt, reading.duties[0]?.text], ['关于防汛的通知', ['各学院'], '2023-07-18', '学生处', '2023-07-19', '学 生 处 1 9 日 前 清 点 教 材'])
})

test('who signs: a person behind the office, the name in English between name and date, an order with its commander alone', () => {
  const of = (text: string): unknown[] => { const reading = readNotice(text); return [reading.issuer, reading.date] }
  const body = '各班：\n一、19日前报送名单。\n二、不得下河。\n'
  assert.deepEqual(of(`关于防汛的通知\n${body}海岬学院团委 陆老师\n2025年6月3日 20:10`), ['海岬学院团委', '2025-06-03'])
  assert.deepEqual(of(`关于防汛的通知\n${body}海岬学院国际处\nOffice of International Affairs, Haijia College\n2025年6月3日 / 3 June 2025`), ['海岬学院国际处', '2025-06-03'])
  assert.deepEqual(of(`海岬学院防汛指挥部令\n第3号\n关于转移的命令\n${body}指挥长 陆某\n2025年6月3日`), ['海岬学院防汛指挥部', '2025-06-03'])
  // A letterhead alone signs nothing.
  assert.deepEqual(of(`海岬学院文件\n关于防汛的通知\n${body}2025年6月3日`), [null, '2025-06-03'])
})

test('foul water in the main and the safety of dormitories from fire name their hazard in the title', () => {
  assert.deepEqual(readNotice('关于南区供水主管破裂的紧急通知\n各学院：\n一、不得饮用自来水。\n云岭学院\n2025年6月3日').hazards, ['water-supply'])
  assert.deepEqual(readNotice('关于修订宿舍消防安全规定的通知\n各学院：\n一、不得堵塞通道。\n云岭学院\n2025年6月3日').hazards, ['fire'])
  assert.deepEqual(readNotice('关于防御台风的通知\n各学院：\n一、检查消防水池。\n云岭学院\n2025年6月3日').hazards, ['typhoon'])
})

test('how much, how long, the next step and how a sample is kept belong to the act before', () => {
  for (const clause of ['餐盘蒸煮10分钟或进消毒柜，温度不低于90摄氏度、时间不少于15分钟。', '后勤处安装充电柜，每层不少于20个仓位。', '先打校医院，再告诉辅导员。', '每餐每个品种留样不少于125克，冷藏存放48小时以上。']) assert.equal(duties(clause).length, 1, clause)
  assert.deepEqual(duties('各班停课，停课时间一般为3天。').map((duty) => duty.modality), ['must-not'])
  // With a time of its own it is another.
  assert.equal(duties('先切断电源，再在10分钟内报告值班室。').length, 2)
})

test('a question is no order; what goes on, what is not yet known, and which ones forbid nothing', () => {
  for (const clause of ['预警要持续多久？', '能否不上早操？', '水样检测未出结果。', '操场可以照常使用。']) assert.deepEqual(duties(clause), [], clause)
  for (const clause of ['不能拆走的覆盖防雨布。', '各单位停下手头工作，全员清扫积雪。', '发现漏报的当场开具整改单。']) assert.ok(duties(clause).length > 0 && duties(clause).every((duty) => duty.modality === 'must'), clause)
  for (const clause of ['走路别看手机。', '已开封的试剂全部封存，未经批准不处理。']) assert.ok(duties(clause).some((duty) => duty.modality === 'must-not'), clause)
  assert.deepEqual(duties('体温高的不勉强。'), [])
  assert.deepEqual(duties('宿舍闻到糊味，先拉电闸再报警。').map((duty) => [duty.text, duty.condition]), [['宿舍闻到糊味，先拉电闸再报警', '宿舍闻到糊味']])
})

test('figures in Chinese and blanks alone number the items; one cell of a table is one task at its commas; an amendment behind its colon is read', () => {
  const spaced = readNotice('关于停水的通知\n各学院：\n一 自来水不得饮用。\n二 后勤处送桶装水。\n三 各班清点人数。\n云岭学院\n2025年6月3日')
  assert.deepEqual(spaced.duties.map((duty) => duty.clause), ['一', '二', '三'])
  const table = readNotice('关于下达任务清单的通知\n各学院：\n现下达任务。\n序号\t任务\t责任单位\t完成时限\n1\t边坡加密观测，每天一次，雨天改为每2小时一次\t基建处\t6月30日前\n2\t机房加装报警器，短信接入值班手机；不得停机\t信息中心\t6月20日前\n云岭学院\n2025年6月3日')
  assert.deepEqual(table.duties.map((duty) => [duty.actor, duty.modality, duty.text]), [['基建处', 'must', '边坡加密观测，每天一次，雨天改为每2小时一次'], ['信息中心', 'must', '机房加装报警器，短信接入值班手机'], ['信息中心', 'must-not', '不得停机']])
  assert.ok(duties('第九条修改为：“23:00后禁止使用电炉。”').some((duty) => duty.modality === 'must-not'))
})

test('to use something is an act, 使 with an end in view is none; whose name a verb makes does it', () => {
  assert.deepEqual(said('停电时使用应急灯。'), ['must 停电时使用应急灯'])
  assert.deepEqual(duties('后勤处疏通水沟，使道路保持畅通。').length, 1)
  assert.deepEqual(said('建议师生穿长袖，使用驱蚊液。'), ['should 建议师生穿长袖，使用驱蚊液'])
  assert.deepEqual(duties('电炉由宿舍管理员登记。').map((duty) => duty.actor), ['宿舍管理员'])
})
