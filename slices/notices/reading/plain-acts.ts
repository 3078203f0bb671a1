/** The form of plain acts: a verb of one sign and what it is done to, a complement, a direction, a count. */

/** Acts of one sign, where they open the predicate and what follows is what they are done to. */
const PLAIN = [
  '走(?![廊势向访私形])', '靠(?![近前])', '备(?![用案受忘考份])', '清(?![晨明单华楚洁净醒])', '放(?![假心松学弃任射])', '收(?![到入费获悉])', '带(?![来动领病头])', '穿(?!越)', '戴', '关(?![于键系心注怀爱乎节联])',
  '锁', '贴(?![近心])', '挂(?![念钩])', '写(?!有)', '问(?!题)', '喊', '推(?![动进迟行荐广出算测])', '搬', '铺', '垫(?!付)', '扎(?!实)', '拧', '拔', '倒(?![灌塌伏春是挂])', '扫', '擦', '洗', '刷', '冲(?![突击锋])', '喝', '躲', '蹲',
  '护(?![士理照])', '绕', '领(?![导域先悟])', '取(?![得消决])', '退(?![烧热休步])', '拆(?![迁])', '守(?![护法时则])', '补(?![贴助偿])', '煮', '晒', '晾', '蒸', '撒', '喷', '洒(?!脱)', '堵', '挡', '吊', '捆', '绑', '卸', '扶(?![贫手持])', '抬', '拨(?!付)',
  '签', '办(?![公法学事理案班好完妥结证])', '抄(?!袭)', '劝', '催', '盯', '陪', '点(?=[清齐着亮验燃])',
  '回(?![复答应避收访暖升落族馈声顾来到民])', '去(?![年岁冬夏秋春世向除掉处留路过])', '找(?!补)', '叫(?!停)', '拍(?!卖)', '熄', '留(?![校学意存守置言神心下样任])', '坐(?![落标])', '听(?=[^,]{2,12}(?:的|意见|安排|指挥|招呼|劝|口令|广播|哨)$)', '捂', '趴', '扑(?![克面])', '拿(?!手)', '抱', '牵(?!头|涉|连)', '扶', '端', '舀', '塞', '拧', '敲', '掀', '裹', '垫', '攥', '套', '插', '塑', '钉', '拴', '缠', '兑', '泡', '浇', '夹', '搭(?!建|配)'
].join('|')
const PLAIN_ACTS = new RegExp(`^(?:${PLAIN})[\\p{Script=Han}\\dA-Z“]{2,16}$`, 'u')
/** 鞋放床头, 楼管贴条, 水龙头夜间留细流: what it is about stands before the plain act. */
const ABOUT = new RegExp(`^(?![再先就并也都又还后随同包洗]|[^,]{0,8}[的了着过是有不没未将已会曾正可]|[^,]*(?:在内|[上下]来)$)\\p{Script=Han}{1,7}?(?:${PLAIN}|降(?![温低雨雪水])|停(?=[在到棚])|上(?=双?锁))(?!去|来|$)[\\p{Script=Han}\\d]{1,6}$`, 'u')
/** 每人发水2瓶, 每间领半桶, 被褥周三、周六晒两次: so much to each, so often on those days. */
const TO_EACH = /每[人间车班户室栋层楼桌床组校院台处点][发领限留放贴派配备带坐乘装拿取送][\p{Script=Han}]{0,4}(?:\d+|[一两二三四五六七八九十半]+)\p{Script=Han}{1,2}(?:、|$)|(?:周|星期)[一二三四五六日天](?:、(?:周|星期)?[一二三四五六日天])+\p{Script=Han}{1,2}[一两二三四\d][次遍回]$/u
/** 全部挪走, 逐一关严: done to the last, in one or two signs. */
const TO_THE_LAST = /^[^,]{2,16}[收搬抬拿拖挪移提放拉推]\p{Script=Han}?(?:进来|出去|回来|下来|起来|上来|上去|下去|走)$|[\p{Script=Han}]{2,}(?:全部|全数|统统|逐一|逐个|当场|一次性)(?!完成|恢复|退|接通|到位$|通过|合格|达标|转阴|解除|痊愈|返|安全|平安)[\p{Script=Han}]{2,3}$/u
/** 做一次核酸, 查两遍: so many times. */
const SOME_TIMES = /^(?:[^,的了着是有没未]{0,8})?(?:再)?(?:试[转跑运走拉开]|[复核]查)[一两三四五六\d][次遍轮回圈趟]$|^(?:再)?[做测查洗消杀量喷换检练训点报清扫打拍巡问走数核对试转绕铲撒](?:[一两二三四五六\d])+[次遍轮回圈趟][\p{Script=Han}]{0,8}$/u
/** 阳台窗户关严, 耳机摘掉, 门锁上, 3月15日前清单列出来: what is done is done up to an end. */
const RESULT = /^[^,的了是不]{1,14}[加充灌关锁系扎捆绑拧擦扫洗摘拔插盖堵垫收装填钉套拉合封扣戴穿备存贴挂清倒排抽冲晾晒叠码摆挪搬移撤断列写写扶捡掐熄放留拴压裹](?:严|牢|紧|好|掉|上|净|干净|满|齐|死|稳|平|走|起来|下来|出来|出去|进来|到位)(?:实)?$/u
/** 花盆往里挪, 值日生往外请, 大伙儿靠右走: which way. */
const WAY = /[往朝向](?:里|外|上|下|前|后|高|低|旁|左|右|东|西|南|北|回|两边|两侧|高处|低处)\p{Script=Han}{1,2}$/u
/** 体育课挪到馆内, 病号转往楼下: to where. */
const WHERE_TO = /^[^,的了是]{0,10}[挪搬移转改调换并迁撤躲跑拉运放收存停送抬背领带塞揣锁退](?:到|至|往|进|在|入)[^,了]{2,14}$/u
/** 门窗全开, 室外全撤; 满21天再回校; 时速压在30公里以内. */
const OPEN_END = /[^,的]{2,10}全(?:部)?[开关撤收拆清换搬锁亮]$|^满(?:\d{1,3}|[一二三四五六七八九十两]{1,3})(?:天|日|小时|周)(?:后|以后)?(?:再|方可|才能|才可|才)\p{Script=Han}{2,10}$|[压控保维限]\p{Script=Han}{0,2}[在到][^,]{1,10}(?:以内|以下|以上|之内|之间)$/u
/** 台阶铺草垫, 车库入口堆沙袋两层: a place, and what is put there. */
const PLACED = /^[^,的了着是有]{0,10}(?:门口|台阶|坡道|入口|出口|楼道|走廊|窗台|屋顶|楼顶|阳台|地面|门缝|墙角|两侧|四周|周围|门前|楼前|床头|窗下|路口|堤段|桥面|楼梯口|[柜箱台桌床]上)[铺堆垫撒放贴挂摆拦插垒塞喷][^,的了着过到在]{2,12}$/u
/** 搬家车从南门进, 学生从西侧走: by which way. */
const BY_WAY = /^[^,的了是不]{0,10}从[^,的了是不]{1,8}(?:进出?|出|走|上|下|绕)$/u
/** 只看学校公布的消息: that and nothing else. */
const ONLY = /^(?:只|仅)[看听用走喝吃收带留开吸取发信][^,了过]{2,14}$/u
/** 加够72小时的量, 学满8学时, 备足柴火. */
const ENOUGH = /(?:^|[\p{Script=Han}])(?:[加备带喝装充留睡存囤](?:够|足)|[学住戴照煮泡晒冻冲治练跑干写](?:满(?=\p{Script=Han}|\d)|足|够))[^,]{1,10}$/u
/** 每人拍一张台面照, 扫出一条道: so many of a thing. */
const SO_MANY = /(?:^|[\p{Script=Han}\d日前内])[拍填写扫铺拉挂贴留派抽配开买拿打量挖腾划空捎搬熬煮烧](?:出|好|上)?(?:一|两|三|\d{1,3})[张份个条道瓶把块套间部支床桶锅盆壶圈处]|空出\d{1,3}(?:分钟|米|间|张)/u
/** 备床垫200张、饮水400瓶: things counted, one after the other; the first says what is done with them. */
const COUNTED_ROW = /^([\p{Script=Han}]{2,12}\d{1,6}[\p{Script=Han}]{1,2})(?:、[\p{Script=Han}]{1,12}\d{1,6}[\p{Script=Han}]{1,2})+$/u
/** 熄大灯、留路灯; 先闻、后看、再点火: plain acts in a row. */
const SIGNS = '走靠备清放收带穿戴关锁贴挂写问喊推搬铺垫扎拧拔倒扫擦洗刷冲喝躲蹲护绕领取退拆守补煮晒晾蒸撒喷洒堵挡吊捆绑卸扶抬拨签抄劝催盯陪熄留看闻听趴抱捂扑压停断撤封查量测登数掩稳拉点'
function inRow(said: string): boolean {
  const parts = said.replace(/^[^,、]{1,10}(?:的时候|(?<![小及临])时|(?=先\p{Script=Han}{1,4}、))/u, '').split('、')
  return parts.length >= 2 && parts.every((part) => /^[\p{Script=Han}]{1,5}$/u.test(part)) && parts.every((part) => (SIGNS.includes(part.replace(/^(?:先|后|再|就)(?=\p{Script=Han})/u, '').charAt(0)) || /^开(?![会学展放课发始业馆设])/.test(part) || /^\p{Script=Han}{1,3}(?:出去|进去|锁上|关上|关好|锁好|拧紧|拔掉)$/u.test(part)) && !/[组员处科站点班队卡表单者人师生室部]$/.test(part)) && parts.some((part) => part.length >= 2)
}

/** Does the stretch order a plain act, whatever its verb is called? `said` begins with the predicate. */
export function isPlainAct(said: string): boolean {
  const bare = said.replace(/^(?:各|就|先|再|便|都|赶紧|赶快|自己|抓紧|一起|一律|统一|全部|夜里|夜间|白天|平时|自行|随后|事后|再|首先)+(?=\p{Script=Han})/u, '')
  // 拉肚子的回家, 改不了的拆管: who or what falls short, then the act.
  const behind = /^[^,]{1,14}的(?:同学|学生|人|人员|老师|员工|住户|师生|家长)(?=\p{Script=Han}{2})/u.exec(bare) ?? /^[^,]{0,14}[没未有不病发吐烧疼痛拉咳缺漏坏少满已旧危老错迟落剩晚超低逾][^,的]{0,6}的(?=\p{Script=Han}{2})/u.exec(bare)
  return PLAIN_ACTS.test(COUNTED_ROW.exec(bare)?.[1] ?? bare) || SOME_TIMES.test(bare) || inRow(bare) || (behind !== null && PLAIN_ACTS.test(bare.slice(behind[0].length)))
}

/** Is a thing named and then what is to become of it, to the last, to its end, to a place, in a number? */
export function doneSoFar(bare: string): boolean {
  if (TO_EACH.test(bare)) return !/[了过]/.test(bare)
  if (/[了过]|[是有]的?$|(?:已|正|均|曾)/.test(bare)) return TO_THE_LAST.test(bare)
  return TO_THE_LAST.test(bare) || PLACED.test(bare) || BY_WAY.test(bare) || ONLY.test(bare) || RESULT.test(bare) || WAY.test(bare) || WHERE_TO.test(bare) || ENOUGH.test(bare) || SO_MANY.test(bare) || OPEN_END.test(bare)
}

/** Is something named and then a plain act done with it? Only among other acts, for so does many a description begin. */
export const doneWith = (bare: string): boolean => ABOUT.test(bare)
