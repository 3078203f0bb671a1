/** Bans and acts in everyday words, and what only looks like them; letters of Taiwan's and Hong Kong's kind; posted messages. */
import { strict as assert } from 'node:assert'
import { test } from 'node:test'
import { readNotice } from './read.ts'
import type { Duty, NoticeReading } from './types.ts'

const notice = (body: string): NoticeReading => readNotice(`关于做好防范工作的通知\n各学院：\n现将有关事项通知如下：\n${body}\n三、各单位要及时上报情况。\n云岭测试学院\n2023年7月18日`)
const duties = (clause: string): Duty[] => notice(`一、${clause}\n二、后勤处检查水泵。`).duties.filter((duty) => duty.clause === '一')
const bans = (clause: string): string[] => duties(clause).filter((duty) => duty.modality === 'must-not').map((duty) => duty.text)

const FORBIDS = [
  '小卖部后天不开。', '二号澡堂今晚不烧水。', '校车周五不发。', '中午十二点到三点不上劳动课。', '没有护栏的看台不再放人。', '谁都别进锅炉房。', '谁也不准爬旗杆。', '剩菜一勺不留。', '过夜的奶一瓶都不喝，水一口不喝。',
  '后半夜一点以后教室不留人。', '脚别踩电缆，伞别靠电箱。', '梯子先别上。', '大家暂时别往北门走。', '不以任何名义收押金。', '接驳车这两天不过沿江路。', '没有双人签字不开库。', '未经校医点头不撤药。', '三证缺一样不进场。',
  '篮球联赛往后挪一周。', '迎新晚会延到十月上旬。', '户外写生停到雾散。', '二手市集停卖。', '即日起断供冰品。', '咳嗽、发烧的暂缓体检。', '开班仪式推迟半天。', '家政课停课不停班。', '食堂本学期不再进散装油。', '笔试先不考。', '读书会推到十二月。', '夜班车停跑后山线。', '期间不住集体宿舍楼。', '屋里没人的不送电。', '皮疹没消不先停药。', '廊道不堆旧书。', '停气当中不要试火。', '电梯、直饮机全停。', '灯绳别扯也别拧。', '别让新生单独值班。'
]
const FORBIDS_NOTHING = [
  '怕大家看不到，特置顶。', '联系不到的报年级组。', '门打不开的找宿管。', '群众认不认可是试金石。', '布点数居高不下。', '如遇雷雨，顺延至8月5日。', '图书馆门禁延到23点。', '营业时间延至21时。', '假期延到下周一。', '实习期限顺延。', '班别、级别由教务处确认。',
  '要做到一人不漏、一户不落。', '一个都不能少。', '水不退，岗不撤。', '不能中断者须两人同行。', '项目的暂停由会商决定。', '学校会顺延答辩时间。', '感觉不到晃动也要出楼。', '不上心的要约谈。', '地震过后，恢复另告。', '车停到空地上。', '推到墙边的柜子要扶正。', '走不动的由担架队背。', '停课两天里，老师在线答疑。', '忍不住咳嗽的坐后排。'
]
const ORDERS = [
  '北窗户关严。', '晾衣杆往下挪。', '石膏课挪到礼堂。', '病号转往三楼。', '每层备足二十桶水。', '新手上机前练满4学时。', '每间拍两张照片传群。', '关闸、拉绳、清场。', '地动时先蹲下、后护头。', '脱水的同学回寝室。', '发烧的回家。', '钥匙由门卫科、伙食科各管一把。', '垃圾统一由车队拉。',
  '5分钟内打保卫科电话。', '名单（含临时工）交医务室。', '三日内补交。', '伤口24小时内补打针剂。', '只准进去取书包。', '走廊窗全开。', '满14天再进楼。', '车速压在三十公里以内。', '每晚绕楼转两圈。', '班长找宿管登记。'
]
const NO_ORDERS = ['近年各县医疗基础扎实。', '去岁抗旱中。', '救援队已转到二号楼。', '地基扎实。', '热线：138 0000 0000。', '校医室初步怀疑是细菌感染。', '回民食堂在东侧。', '路口有人往里看了。', '关隘、卡口、站点。']

test('bans in everyday words are read as bans', () => {
  assert.deepEqual(FORBIDS.filter((clause) => bans(clause).reduce((sum, text) => sum + text.length, 0) < (clause.length - 1) * 0.6), [])
})

test('what cannot be done, mottoes, terms that shift and names forbid nothing', () => {
  assert.deepEqual(FORBIDS_NOTHING.filter((clause) => bans(clause).length > 0), [])
})

test('a result, a direction, a place, a count, a row of plain acts: an order, whatever the verb', () => {
  assert.deepEqual(ORDERS.filter((clause) => duties(clause).length === 0), [])
  assert.deepEqual(NO_ORDERS.filter((clause) => duties(clause).length > 0), [])
})

test('until when something is not to be done is kept in its words', () => {
  for (const [clause, deadline] of [['消毒水味散尽以前别进。', '消毒水味散尽以前'], ['这个月不开夜宵。', '这个月'], ['早锻炼停到霾散。', '霾散']] as const) assert.equal(duties(clause)[0]?.deadline, deadline, clause)
  assert.equal(duties('舍管每日上午九时报数。')[0]?.hour, '09:00')
})

test('a short first sentence that forbids in everyday words is no heading', () => {
  const reading = notice('一、没戴头盔的不上架。新人另讲。\n二、停课和转移。各校先点名。')
  assert.deepEqual(reading.clauses.map((clause) => clause.heading).filter((heading) => heading !== null), ['停课和转移'])
})

test('an official letter of Taiwan’s kind: subject, number, year of the Republic', () => {
  const reading = readNotice('私立海岬科技大學總務處　公告\n\n發文日期：中華民國112年7月18日\n發文字號：海總字第1120000718號\n\n主旨：颱風期間地下停車場管制措施，請配合辦理。\n\n說明：\n一、依據本校防災計畫辦理。\n\n公告事項：\n一、7月19日18時前將車輛駛離地下一樓。\n二、抽水完成前，任何人不得進入。')
  assert.equal(reading.title, '颱風期間地下停車場管制措施')
  assert.equal(reading.docNumber, '海總字第1120000718號')
  assert.equal(reading.date, '2023-07-18')
  assert.equal(reading.issuer, '私立海岬科技大學總務處')
  assert.ok(reading.duties.some((duty) => duty.deadline === '2023-07-19T18:00'))
  assert.ok(!reading.duties.some((duty) => duty.text.includes('公告事項')))
})

test('a memo with 致 and 由, a message posted under its title, two units dated side by side, 附：问答', () => {
  const memo = readNotice('致：各位同事及同學\n由：保健室\n日期：2024年3月5日\n\n流感高峰期安排\n\n請各位留意：\n(a)　發燒者不得回校。\n(b)　各班班長每日點算人數。\n\n保健室')
  assert.deepEqual(memo.addressees, ['各位同事及同學'])
  assert.deepEqual([memo.title, memo.date, memo.clauses.filter((clause) => clause.number !== '前言').length], ['流感高峰期安排', '2024-03-05', 2])
  const posted = readNotice('明早结冰，南苑的同学留意🧊\n\n南苑公寓办 2024-01-10 19:05\n\n同学们：\n明早路面结冰，别骑车。楼长6:30撒盐。')
  assert.deepEqual([posted.issuer, posted.title, posted.date], ['南苑公寓办', '明早结冰，南苑的同学留意', '2024-01-10'])
  const two = readNotice('关于停水的通知\n各单位：\n一、停水期间不得使用实验室。\n\n保卫处　　　　总务处\n2025年3月2日　　　　2025年3月2日')
  assert.deepEqual([two.issuer, two.date], ['保卫处、总务处', '2025-03-02'])
  const asked = readNotice('关于停用锅炉的通知\n各单位：\n一、锅炉房上锁。\n附：问答\n问：能烧水吗？\n答：不能，严禁私自点火。\n总务处\n2025年3月2日')
  assert.ok(asked.duties.some((duty) => duty.modality === 'must-not' && duty.text.includes('点火')))
})

test('what a correction puts in quotation marks is read, what it takes away is not', () => {
  assert.deepEqual(bans('“低年级可以上楼取琴”改为“琴房谁都不进”。'), ['“低年级可以上楼取琴”改为“琴房谁都不进”'])
  assert.deepEqual(bans('“停水三天”改为“停水期间各楼供桶装水”。'), [])
})

test('Friday at four in Chinese figures is that Friday; the day before at three is of no named day; a stretch of hours is no act', () => {
  assert.equal(duties('各室于本周五下午三时前交表。')[0]?.deadline, '2023-07-21T15:00')
  assert.equal(duties('外出的头一天下午5点前报班长。')[0]?.dueAt, null)
  assert.deepEqual(duties('上午九点到下午四点，没事不出楼。').map((duty) => duty.modality), ['must-not'])
  assert.equal(duties('各班7月20日17时前将7月12日以来的票据送财务科。')[0]?.deadline, '2023-07-20T17:00')
})
