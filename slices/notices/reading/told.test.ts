/** What is told, judged or only named is no order; what forbids keeps forbidding; heads and signs in the forms people use. */
import { strict as assert } from 'node:assert'
import { test } from 'node:test'
import { readNotice } from './read.ts'
import type { Duty } from './types.ts'

const duties = (clause: string): Duty[] => readNotice(`关于做好防范工作的通知\n各学院：\n现将有关事项通知如下：\n一、${clause}\n二、各单位要及时上报情况。\n云岭测试学院\n2023年7月18日`).duties.filter((duty) => duty.clause === '一')
const bans = (clause: string): string[] => duties(clause).filter((duty) => duty.modality === 'must-not').map((duty) => duty.text)

test('stories, criticism and judgements order nothing', () => {
  for (const clause of [
    '寒潮不可怕，关键在于早准备。', '任何松懈的情绪都要不得。', '越是收尾越不能有歇口气的想法。', '不能看发了多少文件，也不能满足于开过会。', '上周部分航班不得不取消。', '有三个书院昨日不得不暂停供餐。',
    '有的值守人员坐在车里打卡、代人签名。', '也有少数学生不戴口罩、随意串门。', '课耽误了可以补上。', '疫苗接种完全自愿。', '成立由院长任组长的工作专班。', '原则同意文学院自7月20日起复课。', '逾期图书由系统自动顺延。', '认为这套办法比开会管用。', '对表现突出的，优先推荐为先进个人。', '内河水位已超警戒0.3米。', '会议决定启动三级响应。', '有关分工如下表。', '决不允许出现空档和盲区。', '极端天气可先行停课。', '一些同学把洗手当小事，饭前不洗、饭后不擦。', '为什么要封闭三号楼？', '据统计，累计停课班级12个，开展消毒30次。', '事实证明，早清淤一天就少一分风险。', '由于连日降雨，部分路段已经封闭。', '谁都不愿意看到停工。', '大家不要恐慌。', '决不能让惨剧重演。', '不能等水漫上来了再找沙袋。'
  ]) assert.deepEqual(duties(clause).map((duty) => duty.text), [], clause)
})

test('the same words forbid where somebody is forbidden', () => {
  for (const clause of [
    '不得带有症状的学生进班。', '各学院不要求学生提供检测证明。', '值班期间不渲染险情。', '培训机构停止一切线下授课活动。', '发现漏电征兆时停止营业。', '各考点暂停人员聚集活动。', '各校一律停课。', '停水期间，实验室不做用水实验。', '少数滞留学生不得自行离校。', '不得以转发文件代替部署。', '校内在建工程自21日12时起停工。', '不得等待、核实完毕再报。', '请同学们不要相信谣言。', '决不允许带病上课。'
  ]) assert.equal(bans(clause).length, 1, `${clause}: ${duties(clause).map((duty) => `${duty.modality} ${duty.text}`).join('|')}`)
  assert.deepEqual(bans('直饮水机管路未经彻底冲洗消毒和水质检测合格，不得恢复使用。'), ['直饮水机管路未经彻底冲洗消毒和水质检测合格，不得恢复使用'])
  // What is published takes no ban with it, what people are told does.
  assert.deepEqual(bans('值班员要及时发布预警信息，不夸大灾情。'), ['不夸大灾情'])
  assert.deepEqual(duties('提醒家长寒假期间不带孩子到冰面玩耍。').map((duty) => duty.modality), ['must'])
})

test('a stop that only says which or when leaves the order what it is', () => {
  for (const clause of ['对停课班级的教室开展终末消毒。', '停工工地要落实专人看护。', '停止供暖的楼栋要排空水管。', '停止供水时启用备用水源。', '今晚21时前向家长发送停课提示。']) assert.deepEqual(duties(clause).map((duty) => duty.modality), ['must'], clause)
  assert.deepEqual(duties('地下超市出现倒灌征兆时停止营业并引导顾客向地面疏散。').map((duty) => duty.modality), ['must-not', 'must'])
})

test('who is forced, late or outside is still ordered about', () => {
  for (const clause of ['因公不得不出车的，须加装防滑链。', '已离校的须在24小时内返岗。', '少数确需外出的学生须经批准。', '每次加大泄洪须提前1小时通知下游。', '体育馆将预约量压减一半。', '宿管员每天了解一次楼内学生的身体状况。', '学生会配合。', '组织志愿者入户发放宣传单。', '汇总全市受灾数字。', '教务处完成课表调整。', '值班长每周一9:00前把台账发到zb@example.edu.cn。']) assert.equal(duties(clause).length, 1, `${clause}: ${duties(clause).map((duty) => duty.text).join('|')}`)
  assert.deepEqual(duties('学校将组织检查组开展督查。'), [])
})

test('who is met is not the one who acts', () => {
  assert.equal(duties('医务室须值守，发现疑似病例2小时内网络直报。')[1]?.actor, '医务室')
  assert.equal(duties('病例所在班级停课4天。')[0]?.actor, '病例所在班级')
  assert.equal(duties('不得强制要求学生接种。')[0]?.actor, '各学院')
})

test('one arrangement stays together', () => {
  for (const clause of ['由团委牵头、后勤处配合，7月20日前完成物资清点。', '每层楼不少于2人、每小时巡查一遍。', '所缺的沙袋和水泵，由后勤处在20日前按定额补齐。', '同一宿舍出现2例腹泻的，应在1小时内上报。']) assert.equal(duties(clause).length, 1, `${clause}: ${duties(clause).map((duty) => duty.text).join('|')}`)
  const [led] = duties('由团委牵头、后勤处配合，7月20日前完成物资清点。')
  assert.deepEqual([led?.deadline, led?.text.includes('团委')], ['2023-07-20', true])
})

test('starts, spans and hours take the day that is named', () => {
  for (const [clause, deadline] of [
    ['各单位自27日12时起派员进驻。', '2023-07-27T12:00'], ['图书馆自28日起闭馆至30日。', '2023-07-28'], ['自9月5日起实行线上教学。', '2023-09-05'], ['总馆7月27日18时前清场。请读者在17:30前离馆。', '2023-07-27T18:00'], ['能够立即整改的当场整改。', '当场'], ['户外作业视情暂停。', '视情'], ['水位降到5米以下前，禁止下堤。', '水位降到5米以下前'], ['险情发生后，30分钟内电话报告。', '30分钟内']
  ] as const) assert.equal(duties(clause)[0]?.deadline, deadline, clause)
  assert.equal(duties('总馆7月27日18时前清场。请读者在17:30前离馆。')[1]?.deadline, '2023-07-27T17:30')
  const [start] = duties('自9月5日起实行线上教学。')
  assert.equal(start?.dueAt, null, 'nothing is due when something starts')
  assert.equal(duties('拟定停课期间的值班方案。')[0]?.deadline, null)
  assert.equal(duties('各学院自9月5日起每周一报告一次。')[0]?.deadline, '9月5日起')
  assert.equal(duties('骑车减速慢行，严禁超速。').every((duty) => duty.deadline === null), true)
})

test('a table says how often and is no order in its head', () => {
  const found = readNotice('关于汛期分工的通知\n各单位：\n一、分工如下表：\n\n责任单位\t工作任务\t完成时限\n保卫处\t汇总各楼积水情况\t每日16时前\n后勤处\t调拨编织袋\t7月20日前\n\n二、各单位认真落实。\n云岭测试学院\n2023年7月18日').duties
  assert.deepEqual(found.map((duty) => [duty.actor, duty.recurrence, duty.deadline]), [['保卫处', '每日', '16:00'], ['后勤处', null, '2023-07-20']])
})

test('titles, addressees, signatures and headings in other forms', () => {
  const hint = readNotice('工作提示：汛期请各书院守好三道门\n\n各书院：\n\n1. 门卫怎么排班？\n每班两人，须在岗交接。\n2. 水泵谁来管？\n由后勤处每日试机。\n\n后勤处\n2024年7月l日')
  assert.deepEqual([hint.title, hint.addressees, hint.issuer, hint.date], ['工作提示：汛期请各书院守好三道门', ['各书院'], '后勤处', '2024-07-01'])
  assert.deepEqual(hint.clauses.filter((clause) => clause.heading !== null).map((clause) => clause.heading), ['门卫怎么排班', '水泵谁来管'])
  assert.ok(hint.doubts.some((doubt) => doubt.code === 'look-alike'), 'a sign read as another is asked about')
  const reply = readNotice('关于同意复课的批复\n\n云麓第三中学：\n你校须于3月12日前消毒。\n云麓区教育局\n2024年3月11日\n附件：安全提示函')
  assert.deepEqual([reply.addressees, reply.issuer, reply.date], [['云麓第三中学'], '云麓区教育局', '2024-03-11'])
  assert.equal(readNotice('各学院：\n请于7月20日前上报。\n保卫处\n2023年7月18日').title, null)
})

test('signs of the same shape are read where their neighbours leave no doubt', () => {
  assert.deepEqual(duties('每曰上报，l5分钟内送校医室。').map((duty) => [duty.text, duty.recurrence ?? duty.deadline]), [['每曰上报', '每日'], ['l5分钟内送校医室', '15分钟内']])
  assert.deepEqual(readNotice('周末、月末值班，出入员工通道须登记，李曰：“好”。').repairs, [])
})

test('a second disease counts where it is ordered about', () => {
  assert.ok(readNotice('关于做好雨雪天气后勤保障的通知\n各单位：\n因疫情原因留校学生较多。\n一、清扫积雪，防范低温冰冻。\n二、公寓每日测温两次。\n后勤处\n2022年1月20日').hazards.includes('covid-19'))
  assert.deepEqual(readNotice('关于做好雨雪天气后勤保障的通知\n各单位：\n一、清扫积雪。\n二、动物疫情由兽医处置。\n后勤处\n2018年1月20日').hazards, ['snow'])
})
