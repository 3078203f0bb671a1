import type { Random } from './random.ts'

// Surnames by rough frequency: the first lines are common, the last ones rare. Given names are drawn character by
// character, so nobody here is anybody.
const surnames: readonly (readonly [string, number])[] = [
  ...weigh('王李张刘陈', 60),
  ...weigh('杨赵黄周吴徐孙胡朱高', 22),
  ...weigh('林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许', 10),
  ...weigh('傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文', 4),
  ...weigh('庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边', 1),
  ...['欧阳', '上官', '司徒', '诸葛', '司马', '皇甫', '尉迟', '公孙', '慕容', '令狐', '端木', '东方', '轩辕', '长孙', '宇文', '夏侯', '淳于', '澹台', '百里', '南宫', '钟离', '闻人', '申屠'].map((name) => [name, 0.8] as const),
  ['仇', 0.6], ['查', 0.6], ['盖', 0.4], ['员', 0.4], ['乜', 0.2], ['䶮', 0.1],
]

const male = [...'伟强磊军洋勇杰涛超明刚平辉鹏华飞波斌宇浩凯健俊帆旭宁龙林博文轩泽瑞晨阳昊天翔志远建国栋梁锐达坤铭誉恒毅峰松岩川朗骁航琛霖炜钧尧舜禹卓然嘉诚承运']
const female = [...'芳娜敏静丽艳娟霞秀燕玲桂英兰洁红梅莉婷雪慧颖琳晶倩妍茜璐薇蕾欣怡佳悦梦瑶诗涵雨馨萱彤思琪语嫣若曦婉清紫宁淑珍菲芸莹露晗栀禾苒沐']
const either = [...'子一安乐晓新春雨晨阳文宁平和书言知行景云青墨木可以之未初亦其心向北南溪舟辰星予希原野亮']
const rare = [...'𠮷龑犇淼鑫旸昱燚赟喆翀']

const minority = {
  male: ['阿卜杜拉', '艾力', '买买提', '吐尔逊', '巴特尔', '扎西', '次仁', '多吉', '帕尔哈提', '阿迪力'],
  female: ['阿依努尔', '古丽娜尔', '迪丽努尔', '萨日娜', '卓玛', '央金', '德吉', '阿依古丽', '其其格', '热依汗'],
  family: ['吐尔逊', '买买提', '艾山', '玉素甫', '哈斯木', '阿不都'],
}
const foreign = {
  given: { male: ['Amadou', 'Tuan', 'Samir', 'Ivan', 'Kofi', 'Rahim', 'Aziz', 'Dmitri'], female: ['Amina', 'Linh', 'Leila', 'Olga', 'Ama', 'Sadia', 'Nargiza', 'Mei Ling'] },
  family: ['Testov', 'Sampleson', 'Nguyen-Mau', 'Exemplar', 'Probeev', 'Al-Mithal', 'Mensah-Demo'],
}

export type Name = { text: string; sex: 'male' | 'female'; foreign: boolean }

function weigh(characters: string, weight: number): (readonly [string, number])[] {
  return [...characters].map((surname) => [surname, weight] as const)
}

/** A plausible name drawn by chance: compound surnames, single given names, rare characters, names with a dot, some in Latin letters. */
export function drawName(random: Random, sex: 'male' | 'female', { foreigners = 0 } = {}): Name {
  if (random.chance(foreigners)) {
    return { text: `${random.pick(foreign.given[sex])} ${random.pick(foreign.family)}`, sex, foreign: true }
  }
  if (random.chance(0.012)) {
    const given = random.pick(minority[sex])
    return { text: random.chance(0.7) ? `${given}·${random.pick(minority.family)}` : given, sex, foreign: false }
  }
  const own = sex === 'male' ? male : female
  const character = (): string => (random.chance(0.004) ? random.pick(rare) : random.pick(random.chance(0.68) ? own : either))
  const first = character()
  // Twin characters (婷婷) are common enough among women.
  const second = random.chance(sex === 'female' ? 0.05 : 0.01) ? first : character()
  return { text: random.weighted(surnames) + (random.chance(0.14) ? first : first + second), sex, foreign: false }
}
