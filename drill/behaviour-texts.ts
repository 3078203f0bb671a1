/** What people of a drill write when they need help. {…} is filled in: city, station, building, room, days. */

export type HelpTopic = 'medicine' | 'repair' | 'stranded' | 'food' | 'paper' | 'mood' | 'network' | 'care'

export type HelpText = { topic: HelpTopic; where: 'campus' | 'away'; text: string }

export const helpTexts: readonly HelpText[] = [
  { topic: 'medicine', where: 'campus', text: '我每天要吃的降压药只剩 {days} 天了，校医院没有这个牌子，能不能帮忙去市里的药店买？' },
  { topic: 'medicine', where: 'campus', text: '室友昨晚开始胃疼，{building}{room}，想请校医看一下，他不方便走路。' },
  { topic: 'medicine', where: 'campus', text: '哮喘喷雾快用完了，出不了校门，需要代买，处方照片可以发。' },
  { topic: 'medicine', where: 'away', text: '人在{city}，胰岛素只够 {days} 天，本地医院要学校开证明才给开药，怎么办？' },
  { topic: 'repair', where: 'campus', text: '{building}{room}天花板漏水，床铺已经湿了，用盆接着，今晚没法睡。' },
  { topic: 'repair', where: 'campus', text: '{building}一楼走廊进水，水已经到脚踝，配电箱就在旁边，有点害怕。' },
  { topic: 'repair', where: 'campus', text: '{room}窗户被风刮坏关不上，雨往里飘，书和电脑都挪到上铺了。' },
  { topic: 'repair', where: 'campus', text: '{building}热水停了两天，物业电话打不通。' },
  { topic: 'stranded', where: 'away', text: '我在{station}，去学校的车停运了，候车厅说今晚不发车，身上钱不多，该去哪儿住？' },
  { topic: 'stranded', where: 'away', text: '返校路上经过{city}，高速封了，大巴停在服务区 {days} 个小时了，联系不上辅导员。' },
  { topic: 'stranded', where: 'away', text: '退票成功了但是下一趟买不到，卡在{station}，学校能不能晚几天报到？' },
  { topic: 'food', where: 'campus', text: '在宿舍观察，今天午饭没有送到{building}{room}，我吃清真餐。' },
  { topic: 'food', where: 'campus', text: '楼里断水，饮用水只剩一瓶，{building}四楼几个宿舍都一样。' },
  { topic: 'paper', where: 'away', text: '社区要在校证明才让进小区，学院办公室没人接电话，能不能发一份电子版？' },
  { topic: 'paper', where: 'campus', text: '实习单位要求盖章的健康情况说明，周五前要交，找谁盖章？' },
  { topic: 'mood', where: 'campus', text: '一个人在宿舍住了 {days} 天，晚上睡不着，想找人说说话。' },
  { topic: 'mood', where: 'away', text: '家里有人住院，我回不去，心里很乱，课也听不进去。' },
  { topic: 'network', where: 'away', text: '村里信号不好，上网课老掉线，作业交不上去，能不能缓交？' },
  { topic: 'care', where: 'campus', text: '我脚打了石膏，{building}没有电梯，如果夜里要转移我下不了楼，请提前安排。' },
  { topic: 'care', where: 'away', text: '母亲确认要集中观察，家里只剩我和奶奶，需要有人帮忙买菜买药。' },
]

export const helpInEnglish: readonly HelpText[] = [
  { topic: 'care', where: 'campus', text: 'I cannot read the notice on the door of {building}. Am I allowed to go to the canteen? Room {room}.' },
  { topic: 'paper', where: 'campus', text: 'My residence permit ends in {days} days and the office is closed. Who can help me?' },
  { topic: 'stranded', where: 'away', text: 'My train was cancelled at {station}. I do not speak Chinese well. Please call me.' },
]

export const stations = ['东站', '南站', '西站', '北站', '汽车客运总站'] as const

/** Groups of signs as people report them together. */
export const signGroups = [['发热', '咽痛'], ['咳嗽', '咽痛'], ['发热', '咳嗽', '乏力'], ['腹泻', '呕吐'], ['头痛', '乏力'], ['发热', '头痛'], ['流涕', '咽痛']] as const
