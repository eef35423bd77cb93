"""Characters of JIS X 0208 that people and papers use for one another in names, for searching alone.

The tables of the terms replace what lies outside JIS X 0208 (8.7-8.10). Within it 沢 and 澤 are two
characters, and a certificate shows the one that the papers have; who searches may know the other.
"""

_GROUPS = """
亜亞 悪惡 圧壓 囲圍 為爲 壱壹 栄榮 営營 衛衞 駅驛 円圓 塩鹽 縁緣 応應 欧歐 桜櫻 奥奧 横橫 温溫 穏穩
仮假 価價 画畫 会會 絵繪 壊壞 懐懷 拡擴 覚覺 学學 岳嶽 楽樂 渇渴 勧勸 巻卷 寛寬 歓歡 観觀 関關 巌巖
帰歸 気氣 亀龜 旧舊 拠據 挙擧 峡峽 狭狹 郷鄕 暁曉 駆驅 勲勳 薫薰 径徑 恵惠 渓溪 経經 継繼 茎莖 蛍螢
軽輕 鶏鷄 芸藝 県縣 倹儉 剣劍劔 検檢 顕顯 験驗 厳嚴 広廣 国國 斎齋斉齊 済濟 歳歲 沢澤 実實 写寫
寿壽 収收 従從 縦縱 処處 緒緖 将將 渉涉 焼燒 奨奬 条條 状狀 乗乘 浄淨 嬢孃 譲讓 穣穰 真眞 慎愼 尽盡
図圖 粋粹 酔醉 穂穗 瀬瀨 静靜 摂攝 専專 浅淺 戦戰 践踐 銭錢 繊纖 禅禪 双雙 壮壯 荘莊 捜搜 挿插 巣巢
曽曾 争爭 窓窻 総總 聡聰 蔵藏 属屬 続續 堕墮 対對 体體 帯帶 滝瀧 台臺 択擇 担擔 単單 団團 弾彈 断斷
痴癡 昼晝 虫蟲 鋳鑄 庁廳 聴聽 鎮鎭 逓遞 鉄鐵 転轉 点點 伝傳 党黨 島嶋嶌 灯燈 当當 稲稻 徳德 独獨
読讀 届屆 弐貳 悩惱 脳腦 覇霸 廃廢 拝拜 売賣 麦麥 発發 髪髮 抜拔 浜濱 富冨 払拂 仏佛 並竝 辺邊邉
変變 弁辨辯瓣 宝寶 豊豐 峰峯 薮藪 万萬 満滿 弥彌 訳譯 薬藥 与與 予豫 余餘 誉譽 様樣 謡謠 来來 頼賴
乱亂 竜龍 両兩 猟獵 緑綠 礼禮 励勵 霊靈 齢齡 恋戀 炉爐 労勞 楼樓 籠篭 湾灣 遥遙 尭堯 槙槇 瑶瑤 淵渕
桧檜 梅楳 館舘 野埜 船舩 蘆芦 蓮莲 崎嵜 秋穐 松枩 杉椙
"""

# The first of a group stands for all of it.
FIRST_OF_GROUP = {ord(other): group[0] for group in _GROUPS.split() for other in group[1:]}
