/** Words that carry grammar rather than meaning: `content: true` leaves them out. */
export const functionWords = new Set(
  `the an and or but nor so yet if then than that this these those there here when where while until since because though
although as at by for from in into of off on onto out over per to toward towards under up upon with within without about
above across after against along among around before behind below beneath beside besides between beyond despite down
during except inside like near outside through throughout via be am is are was were been being do does did doing done
have has had having will would shall should can could may might must ought not no yes he him his himself she her hers
herself it its itself they them their theirs themselves we us our ours ourselves you your yours yourself me my mine
myself who whom whose which what why how all any both each either neither every few many more most much other another
some such only own same too very just also again once ever never always often now even still almost already however
thus therefore hence whether one`.split(/\s+/),
);

/** Everyday nouns that news and speeches seldom use and pages on word vectors always want. */
export const everydayWords =
  `mother father son daughter brother sister uncle aunt nephew niece grandfather grandmother husband wife boy girl man
woman king queen prince princess duke duchess lord lady actor actress hero heroine waiter waitress bull cow cat dog
horse sheep goat pig mouse rabbit lion tiger wolf bear fox elephant monkey snake eagle owl duck goose hen whale shark
salmon bee ant spider butterfly apple pear banana orange lemon cherry grape peach strawberry potato tomato onion carrot
bread cheese butter milk egg sugar salt pepper coffee tea beer wine water soup rice red green blue yellow black white
brown purple pink gray piano violin guitar drum flute trumpet chair table bed sofa lamp spoon fork knife hammer saw car
truck bus train bicycle airplane ship boat france paris germany berlin italy rome spain madrid england london russia
moscow china beijing japan tokyo greece athens egypt cairo poland warsaw sweden stockholm norway oslo austria vienna
portugal lisbon hungary budapest big bigger biggest small smaller smallest good better best bad worse worst fast faster
fastest walk walked walking swim swam swimming sing sang singing happy sad hot cold snow rain sun moon star doctor nurse
teacher student lawyer farmer painter poet`.split(/\s+/);
