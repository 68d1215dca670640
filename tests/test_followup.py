"""Follow-ups completed from the talk before them, and questions that stand alone left as they are."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from rag.evaluation.questions import read_records
from rag.followup import Turn, complete
from rag.language.characters import script
from rag.model import Answer, Citation, Claim, Refusal

ENGLISH = [
    (
        "Who scored the winning goal in the Gulf Cup final?",
        "In which minute?",
        "In which minute did someone score the winning goal in the Gulf Cup final?",
    ),
    ("When did Al Hilal sign Neymar?", "For how much?", "For how much did Al Hilal sign Neymar?"),
    (
        "Who coaches the Moroccan women's team?",
        "How old is he?",
        "How old is the one who coaches the Moroccan women's team?",
    ),
    ("How many medals did Tunisia win in Tokyo?", "And Algeria?", "How many medals did Algeria win in Tokyo?"),
    (
        "How many medals did Tunisia win in Tokyo in 2021?",
        "And in 2016?",
        "How many medals did Tunisia win in Tokyo in 2016?",
    ),
    (
        "Which club won the African Champions League in 2020?",
        "Who is its coach?",
        "Who is the coach of the club that won the African Champions League in 2020?",
    ),
    ("What did Walid Regragui say after the match against Spain?", "Was he fined?", "Was Walid Regragui fined?"),
    (
        "Who was sentenced to ten years in prison in the Tunis bribery case?",
        "By which court?",
        "By which court was someone sentenced to ten years in prison in the Tunis bribery case?",
    ),
    (
        "Why did the court in Khartoum acquit the former minister?",
        "When?",
        "When did the court in Khartoum acquit the former minister?",
    ),
    (
        "What is Rached Ghannouchi accused of?",
        "What did his lawyer say?",
        "What did the lawyer of Rached Ghannouchi say?",
    ),
    ("What is Rached Ghannouchi accused of?", "Has he appealed?", "Has Rached Ghannouchi appealed?"),
    (
        "How many defendants were convicted in the Oran trial?",
        "How many of them were women?",
        "How many of the defendants were women in the Oran trial?",
    ),
    (
        "When did the Supreme Court reject the appeal?",
        "Who said so?",
        "Who said when the Supreme Court rejected the appeal?",
    ),
    (
        "By how much did Egypt's central bank raise interest rates in March 2024?",
        "And in August 2022?",
        "By how much did Egypt's central bank raise interest rates in August 2022?",
    ),
    (
        "What was the inflation rate in Turkey in June 2023?",
        "And in Lebanon?",
        "What was the inflation rate in Lebanon in June 2023?",
    ),
    (
        "Who is the chief executive of Aramco?",
        "What did he say about demand?",
        "What did the chief executive of Aramco say about demand?",
    ),
    ("How much did the new Cairo stadium cost?", "Who paid for it?", "Who paid for the new Cairo stadium?"),
    (
        "Why did OPEC cut production in April 2023?",
        "By how much?",
        "By how much did OPEC cut production in April 2023?",
    ),
    (
        "How many people were killed in the Derna floods?",
        "And the missing?",
        "What about the missing in the Derna floods?",
    ),
    (
        "How many people were killed in the Derna floods?",
        "How many children?",
        "How many children were killed in the Derna floods?",
    ),
    ("How many people were killed in the Derna floods?", "What caused them?", "What caused the Derna floods?"),
    (
        "Where did the Yemenia plane crash?",
        "Were there any survivors?",
        "Were there any survivors when the Yemenia plane crashed?",
    ),
    (
        "Where did the Yemenia plane crash?",
        "How many passengers were on it?",
        "How many passengers were on the Yemenia plane?",
    ),
    ("When was the Hope probe launched?", "Where?", "Where was the Hope probe launched?"),
    ("When was the Hope probe launched?", "What does it carry?", "What does the Hope probe carry?"),
    (
        "What did archaeologists find near Saqqara?",
        "How old is it?",
        "How old is what archaeologists found near Saqqara?",
    ),
    ("Did Erdogan and Sisi meet in Ankara?", "What did they discuss?", "What did Erdogan and Sisi discuss in Ankara?"),
    ("Did Erdogan and Sisi meet in Ankara?", "When was that?", "When did Erdogan and Sisi meet in Ankara?"),
    (
        "What happened in Derna on 10 September 2023?",
        "Who was responsible for that?",
        "Who was responsible for what happened in Derna on 10 September 2023?",
    ),
    (
        "Who won the women's 800 metres in Doha?",
        "In what time?",
        "In what time did someone win the women's 800 metres in Doha?",
    ),
    (
        "Why was the derby between Al Ahly and Zamalek stopped?",
        "For how long?",
        "For how long was the derby between Al Ahly and Zamalek stopped?",
    ),
    (
        "Why was the derby between Al Ahly and Zamalek stopped?",
        "Was anyone arrested?",
        "Was anyone arrested in the derby between Al Ahly and Zamalek?",
    ),
    (
        "How many tickets were sold for the Rabat final?",
        "And how much did they cost?",
        "How much did the tickets cost in the Rabat final?",
    ),
    (
        "Who is the prosecutor in the Casablanca cannabis trial?",
        "What sentence did she ask for?",
        "What sentence did the prosecutor ask for in the Casablanca cannabis trial?",
    ),
    (
        "When does the trial of Omar Radi resume?",
        "Where is it being held?",
        "Where is the trial of Omar Radi being held?",
    ),
    (
        "When does the trial of Omar Radi resume?",
        "What are the charges against him?",
        "What are the charges against Omar Radi?",
    ),
    (
        "How much did Sonatrach earn in 2022?",
        "And in the first half of 2023?",
        "How much did Sonatrach earn in the first half of 2023?",
    ),
    ("How much did Sonatrach earn in 2022?", "What about Eni?", "How much did Eni earn in 2022?"),
    (
        "What did the IMF say about Lebanon's budget?",
        "And about the exchange rate?",
        "What did the IMF say about the exchange rate?",
    ),
    ("Has Jordan signed the water deal?", "Who signed it?", "Who signed the water deal?"),
    (
        "Where will the Casablanca book fair take place?",
        "How many publishers are taking part in it?",
        "How many publishers are taking part in the Casablanca book fair?",
    ),
    ("Who directed the film Capernaum?", "Which prizes did it win?", "Which prizes did the film Capernaum win?"),
    ("Who directed the film Capernaum?", "Is she Lebanese?", "Is the one who directed the film Capernaum Lebanese?"),
    ("What did Marwan Muasher write about reforms?", "Does he support them?", "Does Marwan Muasher support reforms?"),
    (
        "How many refugees live in Zaatari camp?",
        "Are most of them Syrian?",
        "Are most of the refugees Syrian in Zaatari camp?",
    ),
    ("How many refugees live in Zaatari camp?", "When did it open?", "When did Zaatari camp open?"),
    ("When did the volcano on Jebel al-Tair erupt?", "Was there any damage?", "Was there any damage on Jebel al-Tair?"),
    (
        "When did the volcano on Jebel al-Tair erupt?",
        "Has this happened before?",
        "Has this happened before on Jebel al-Tair?",
    ),
    (
        "What caused the fire at Ibn al-Khatib hospital in Baghdad?",
        "When did this fire break out?",
        "When did the fire break out at Ibn al-Khatib hospital in Baghdad?",
    ),
    (
        "What caused the fire at Ibn al-Khatib hospital in Baghdad?",
        "Who died there?",
        "Who died at Ibn al-Khatib hospital in the fire in Baghdad?",
    ),
    (
        "What did the health ministry announce on Monday?",
        "And on Tuesday?",
        "What did the health ministry announce on Tuesday?",
    ),
    (
        "Did Tunisia ban the protest of 14 January?",
        "On what grounds?",
        "On what grounds did Tunisia ban the protest of 14 January?",
    ),
    ("Did Tunisia ban the protest of 14 January?", "And Algeria?", "Did Algeria ban the protest of 14 January?"),
    (
        "How many seats did Ennahda win in the 2019 election?",
        "And Qalb Tounes?",
        "How many seats did Qalb Tounes win in the 2019 election?",
    ),
    ("How many seats did Ennahda win in the 2019 election?", "Who was its leader?", "Who was the leader of Ennahda?"),
    (
        "How many seats did Ennahda win in the 2019 election?",
        "How many of them are held by women?",
        "How many of the seats are held by women in the 2019 election?",
    ),
    (
        "Why did the pilots of Royal Air Maroc strike?",
        "How long did it last?",
        "How long did the strike of the pilots of Royal Air Maroc last?",
    ),
    (
        "Why did the pilots of Royal Air Maroc strike?",
        "What do they want?",
        "What do the pilots of Royal Air Maroc want?",
    ),
    (
        "Who designed the Grand Egyptian Museum?",
        "How much did it cost?",
        "How much did the Grand Egyptian Museum cost?",
    ),
    ("Who designed the Grand Egyptian Museum?", "And when will it open?", "When will the Grand Egyptian Museum open?"),
    (
        "What did Najib Mikati tell reporters in Beirut?",
        "In which capacity?",
        "In which capacity did Najib Mikati tell reporters in Beirut?",
    ),
    (
        "What did Najib Mikati tell reporters in Beirut?",
        "And Nabih Berri?",
        "What did Nabih Berri tell reporters in Beirut?",
    ),
    ("Where was the stolen Klimt painting found?", "What is it worth?", "What is the stolen Klimt painting worth?"),
    (
        "Which hospital was hit in Khartoum on 15 April 2023?",
        "By what?",
        "By what was the hospital hit in Khartoum on 15 April 2023?",
    ),
    (
        "Which hospital was hit in Khartoum on 15 April 2023?",
        "And on 20 April?",
        "Which hospital was hit in Khartoum on 20 April 2023?",
    ),
    ("Did the jury find the banker guilty?", "Of what?", "Of what did the jury find the banker guilty?"),
    (
        "What is the capital of Oman's richest province?",
        "How far is it from Muscat?",
        "How far is the capital of Oman's richest province from Muscat?",
    ),
    ("When did the ceasefire in Ain al-Hilweh begin?", "Who broke it?", "Who broke the ceasefire in Ain al-Hilweh?"),
    ("Who is Hanan Ashrawi?", "When did she resign from the PLO?", "When did Hanan Ashrawi resign from the PLO?"),
    (
        "How many Syrians returned from Lebanon in 2023?",
        "And from Turkey?",
        "How many Syrians returned from Turkey in 2023?",
    ),
    ("How many Syrians returned from Lebanon in 2023?", "Why?", "Why did the Syrians return from Lebanon in 2023?"),
    ("What did the coroner find?", "When?", "When did the coroner find that?"),
    (
        "Did the Emirates airline cancel its flights to Beirut?",
        "Until when?",
        "Until when did the Emirates airline cancel its flights to Beirut?",
    ),
    (
        "Where did the train derail near Tanta?",
        "And how many carriages overturned?",
        "How many carriages overturned near Tanta?",
    ),
    (
        "What is the price of bread in Sudan?",
        "What was it before the war?",
        "What was the price of bread before the war in Sudan?",
    ),
    (
        "Who won the Dakar Rally in 2024?",
        "Which car did he drive?",
        "Which car did the one who won the Dakar Rally in 2024 drive?",
    ),
    ("Why was the play banned in Kuwait?", "Who wrote it?", "Who wrote the play in Kuwait?"),
    ("Why was the play banned in Kuwait?", "According to whom?", "Who said why the play was banned in Kuwait?"),
    (
        "Who owns the Suez canal dredging company?",
        "Where is it based?",
        "Where is the Suez canal dredging company based?",
    ),
    ("How many doctors left Tunisia in 2022?", "Where did they go?", "Where did the doctors go in 2022?"),
    (
        "Why did Qatar Airways sue Airbus?",
        "Which court heard the case?",
        "Which court heard the case when Qatar Airways sued Airbus?",
    ),
    (
        "What did Hassan Nasrallah say in his speech on 3 November?",
        "And on 11 November?",
        "What did Hassan Nasrallah say in his speech on 11 November?",
    ),
    ("Who was killed in the Jenin raid?", "How old was he?", "How old was the one who was killed in the Jenin raid?"),
    ("How long is the Fehmarnbelt tunnel?", "Who is building it?", "Who is building the Fehmarnbelt tunnel?"),
    (
        "Which minister resigned after the Beirut blast?",
        "Why did she resign?",
        "Why did the minister resign after the Beirut blast?",
    ),
    ("How many goals did Salah score in 2022?", "And Mane?", "How many goals did Mane score in 2022?"),
]
ARABIC = [
    ("من فاز بكأس الخليج في البصرة؟", "وكم هدفا سُجل؟", "كم هدفا سُجل في كأس الخليج في البصرة؟"),
    ("متى وقّع نيمار مع الهلال؟", "وكم راتبه؟", "كم راتب نيمار؟"),
    ("متى تأهل المنتخب المغربي إلى كأس العالم؟", "ومن مدربه؟", "من مدرب المنتخب المغربي؟"),
    ("كم لاعبا طُرد في مباراة الأهلي والزمالك؟", "وفي أي دقيقة؟", "في أي دقيقة طُرد اللاعبون في مباراة الأهلي والزمالك؟"),
    ("كم ميدالية أحرزت تونس في طوكيو؟", "والجزائر؟", "كم ميدالية أحرزت الجزائر في طوكيو؟"),
    ("كم ميدالية أحرزت تونس في طوكيو؟", "وماذا عن المغرب؟", "كم ميدالية أحرزت المغرب في طوكيو؟"),
    ("من هي أنس جابر؟", "ومتى ولدت؟", "متى ولدت أنس جابر؟"),
    ("بكم سنة حُكم على الوزير السابق في قضية الرشوة؟", "وما التهمة؟", "ما التهمة في قضية الرشوة؟"),
    ("بكم سنة حُكم على الوزير السابق في قضية الرشوة؟", "وهل استأنف؟", "هل استأنف الوزير السابق في قضية الرشوة؟"),
    ("من أصدر الحكم في قضية بنك الخليفة؟", "ومتى صدر؟", "متى صدر الحكم في قضية بنك الخليفة؟"),
    ("لماذا أُفرج عن الصحفي خالد درارني؟", "وماذا قال محاميه؟", "ماذا قال محامي الصحفي خالد درارني؟"),
    ("كم متهما أُدين في محاكمة وهران؟", "وكم امرأة بينهم؟", "كم امرأة بين المتهمين في محاكمة وهران؟"),
    ("كم بلغ معدل التضخم في تركيا في يونيو 2023؟", "وفي لبنان؟", "كم بلغ معدل التضخم في لبنان في يونيو 2023؟"),
    ("كم بلغ معدل التضخم في تركيا في يونيو 2023؟", "وفي يوليو؟", "كم بلغ معدل التضخم في تركيا في يوليو 2023؟"),
    (
        "كم بلغ معدل التضخم في تركيا في يونيو 2023؟",
        "وبحسب البنك الدولي؟",
        "كم بلغ معدل التضخم في تركيا في يونيو 2023، بحسب البنك الدولي؟",
    ),
    ("لماذا رفع البنك المركزي المصري أسعار الفائدة؟", "وبكم؟", "بكم رفع البنك المركزي المصري أسعار الفائدة؟"),
    ("متى تأسست شركة نايل للطيران؟", "وكم عدد موظفيها؟", "كم عدد موظفي شركة نايل للطيران؟"),
    ("متى تأسست شركة نايل للطيران؟", "ومن يملكها؟", "من يملك شركة نايل للطيران؟"),
    ("ماذا حدث في درنة في سبتمبر 2023؟", "وكم عدد الضحايا؟", "كم عدد الضحايا في درنة في سبتمبر 2023؟"),
    ("ماذا حدث في درنة في سبتمبر 2023؟", "وما السبب؟", "ما السبب في درنة في سبتمبر 2023؟"),
    ("كم شخصا قتل في زلزال الحوز؟", "وكم جريحا؟", "كم جريحا في زلزال الحوز؟"),
    ("كم شخصا قتل في زلزال الحوز؟", "والجرحى؟", "كم عدد الجرحى في زلزال الحوز؟"),
    ("كم شخصا قتل في زلزال الحوز؟", "متى وقع؟", "متى وقع زلزال الحوز؟"),
    ("كم شخصا قتل في زلزال الحوز؟", "مين قال هيك؟", "مين قال كم شخصا قتل في زلزال الحوز؟"),
    ("كم شخصا قتل في زلزال الحوز؟", "وكم بلغت قوته؟", "كم بلغت قوة زلزال الحوز؟"),
    ("أين تحطمت الطائرة اليمنية؟", "وكم راكبا كان على متنها؟", "كم راكبا كان على متن الطائرة اليمنية؟"),
    ("أين تحطمت الطائرة اليمنية؟", "ولماذا؟", "لماذا تحطمت الطائرة اليمنية؟"),
    ("أين تحطمت الطائرة اليمنية؟", "هل نجا أحد؟", "هل نجا أحد حين تحطمت الطائرة اليمنية؟"),
    ("من كتب رواية الديوان الإسبرطي؟", "وما جنسيته؟", "ما جنسية من كتب رواية الديوان الإسبرطي؟"),
    ("هل التقى أردوغان والسيسي في أنقرة؟", "وعلى ماذا اتفقا؟", "على ماذا اتفق أردوغان والسيسي في أنقرة؟"),
    ("ماذا قال أنطونيو غوتيريش عن غزة؟", "وعن السودان؟", "ماذا قال أنطونيو غوتيريش عن السودان؟"),
    ("ماذا قال أنطونيو غوتيريش عن غزة؟", "ومتى قال ذلك؟", "متى قال أنطونيو غوتيريش ذلك عن غزة؟"),
    ("ماذا قال أنطونيو غوتيريش عن غزة؟", "وبم طالب؟", "بم طالب أنطونيو غوتيريش؟"),
    ("ماذا قالت وزيرة الصحة عن اللقاح؟", "وماذا أضافت؟", "ماذا أضافت وزيرة الصحة؟"),
    ("أين عُقدت القمة العربية عام 2023؟", "ومن حضرها؟", "من حضر القمة العربية عام 2023؟"),
    ("أين عُقدت القمة العربية عام 2023؟", "وفي 2019؟", "أين عُقدت القمة العربية عام 2019؟"),
    ("بكم اشترى الرجاء المهاجم السنغالي؟", "ومن أي ناد؟", "من أي ناد اشترى الرجاء المهاجم السنغالي؟"),
    ("متى استقال مدرب المنتخب التونسي؟", "ومن خلفه؟", "من خلف مدرب المنتخب التونسي؟"),
    ("متى استقال مدرب المنتخب التونسي؟", "وليش؟", "ليش استقال مدرب المنتخب التونسي؟"),
    ("هل خسر الترجي نهائي دوري الأبطال؟", "وبأي نتيجة؟", "بأي نتيجة خسر الترجي نهائي دوري الأبطال؟"),
    ("هل خسر الترجي نهائي دوري الأبطال؟", "أمام من؟", "أمام من خسر الترجي نهائي دوري الأبطال؟"),
    ("هل خسر الترجي نهائي دوري الأبطال؟", "والوداد؟", "هل خسر الوداد نهائي دوري الأبطال؟"),
    ("من هو رئيس المحكمة الدستورية في المغرب؟", "ومتى عُيّن؟", "متى عُيّن رئيس المحكمة الدستورية في المغرب؟"),
    ("من هو رئيس المحكمة الدستورية في المغرب؟", "كم عمره؟", "كم عمر رئيس المحكمة الدستورية؟"),
    ("لماذا أُجلت محاكمة الغنوشي؟", "وإلى متى؟", "إلى متى أُجلت محاكمة الغنوشي؟"),
    ("لماذا أُجلت محاكمة الغنوشي؟", "وما التهم الموجهة إليه؟", "ما التهم الموجهة إلى الغنوشي؟"),
    ("كم بلغت خسائر شركة سوناطراك في 2020؟", "وفي العام التالي؟", "كم بلغت خسائر شركة سوناطراك في العام التالي؟"),
    ("كم بلغت خسائر شركة سوناطراك في 2020؟", "ومن يديرها؟", "من يدير شركة سوناطراك في 2020؟"),
    ("ماذا أعلن مصرف لبنان عن سعر الصرف؟", "ومتى أعلن ذلك؟", "متى أعلن مصرف لبنان ذلك عن سعر الصرف؟"),
    ("ماذا أعلن مصرف لبنان عن سعر الصرف؟", "ومن حاكمه؟", "من حاكم مصرف لبنان؟"),
    ("متى افتُتح معرض الكتاب في الرياض؟", "كم دار نشر تشارك فيه؟", "كم دار نشر تشارك في معرض الكتاب في الرياض؟"),
    ("متى افتُتح معرض الكتاب في الرياض؟", "وفي جدة؟", "متى افتُتح معرض الكتاب في جدة؟"),
    ("من أخرج فيلم كفرناحوم؟", "وبأي جائزة فاز؟", "بأي جائزة فاز من أخرج فيلم كفرناحوم؟"),
    ("كم لاجئا يعيش في مخيم الزعتري؟", "ومتى أُنشئ؟", "متى أُنشئ مخيم الزعتري؟"),
    ("كم لاجئا يعيش في مخيم الزعتري؟", "وكم طفلا منهم؟", "كم طفلا من اللاجئين في مخيم الزعتري؟"),
    ("كم لاجئا يعيش في مخيم الزعتري؟", "ومن أين جاؤوا؟", "من أين جاء اللاجئون في مخيم الزعتري؟"),
    ("هل ثار بركان جبل الطير؟", "ومتى كان ذلك؟", "متى ثار بركان جبل الطير؟"),
    ("هل ثار بركان جبل الطير؟", "وهل حدث هذا من قبل؟", "هل حدث هذا من قبل حين ثار بركان جبل الطير؟"),
    ("ما سبب حريق مستشفى ابن الخطيب؟", "وكم عدد القتلى؟", "كم عدد القتلى في حريق مستشفى ابن الخطيب؟"),
    ("ما سبب حريق مستشفى ابن الخطيب؟", "ومتى اندلع هذا الحريق؟", "متى اندلع حريق مستشفى ابن الخطيب؟"),
    ("ما سبب حريق مستشفى ابن الخطيب؟", "متى كان؟", "متى كان حريق مستشفى ابن الخطيب؟"),
    (
        "ماذا قررت وزارة التعليم المصرية بشأن الثانوية؟",
        "ولماذا رفضه الأهالي؟",
        "لماذا رفض الأهالي ما قررت وزارة التعليم المصرية بشأن الثانوية؟",
    ),
    ("من أعلن استقالة الحكومة الكويتية؟", "ومتى؟", "متى أعلن استقالة الحكومة الكويتية؟"),
    ("من أعلن استقالة الحكومة الكويتية؟", "من قال ذلك؟", "من قال من أعلن استقالة الحكومة الكويتية؟"),
    ("أين يعيش الروائي إبراهيم الكوني؟", "شو اسم آخر رواية إلو؟", "شو اسم آخر رواية للروائي إبراهيم الكوني؟"),
    ("أين يعيش الروائي إبراهيم الكوني؟", "وما أشهر رواياته؟", "ما أشهر روايات الروائي إبراهيم الكوني؟"),
    ("كم مقعدا حصدت النهضة في انتخابات 2019؟", "ومن كان يرأسها؟", "من كان يرأس النهضة في انتخابات 2019؟"),
    (
        "لماذا أضرب طيارو الخطوط الملكية المغربية؟",
        "وكم يوما استمر الإضراب؟",
        "كم يوما استمر الإضراب حين أضرب طيارو الخطوط الملكية المغربية؟",
    ),
    ("لماذا أضرب طيارو الخطوط الملكية المغربية؟", "وبماذا يطالبون؟", "بماذا يطالب طيارو الخطوط الملكية المغربية؟"),
    ("من صمم المتحف المصري الكبير؟", "وكم كلف؟", "كم كلف المتحف المصري الكبير؟"),
    (
        "أي مستشفى قُصف في الخرطوم في 15 أبريل 2023؟",
        "وكم مريضا كان فيه؟",
        "كم مريضا كان في المستشفى الذي قُصف في الخرطوم في 15 أبريل 2023؟",
    ),
    (
        "أي مستشفى قُصف في الخرطوم في 15 أبريل 2023؟",
        "ومن قصفه؟",
        "من قصف المستشفى الذي قُصف في الخرطوم في 15 أبريل 2023؟",
    ),
    ("أي مستشفى قُصف في الخرطوم في 15 أبريل 2023؟", "وفي 20 أبريل؟", "أي مستشفى قُصف في الخرطوم في 20 أبريل 2023؟"),
    ("أين عُثر على لوحة كليمت المسروقة؟", "ومن سرقها؟", "من سرق لوحة كليمت المسروقة؟"),
    ("أين عُثر على لوحة كليمت المسروقة؟", "وكم ثمنها؟", "كم ثمن لوحة كليمت المسروقة؟"),
    ("هل أدانت هيئة المحلفين المصرفي؟", "وبأي تهمة؟", "بأي تهمة أدانت هيئة المحلفين المصرفي؟"),
    ("ماذا قالت رئيسة الحكومة التونسية عن صندوق النقد؟", "وهل زارت واشنطن؟", "هل زارت رئيسة الحكومة التونسية واشنطن؟"),
    ("كم طنا من القمح استوردت مصر في 2022؟", "ومن روسيا تحديدا؟", "كم طنا من القمح استوردت مصر في 2022 من روسيا؟"),
    ("كم طنا من القمح استوردت مصر في 2022؟", "والأرز؟", "كم طنا من الأرز استوردت مصر في 2022؟"),
    ("متى بدأت الهدنة في عين الحلوة؟", "ومن خرقها؟", "من خرق الهدنة في عين الحلوة؟"),
    ("كم سوريا عاد من لبنان في 2023؟", "ومن تركيا؟", "كم سوريا عاد من تركيا في 2023؟"),
    ("من هي حنان عشراوي؟", "ولماذا استقالت من منظمة التحرير؟", "لماذا استقالت حنان عشراوي من منظمة التحرير؟"),
    ("ماذا قال وزير المالية عن الضريبة؟", "ومتى ستطبق؟", "متى ستطبق الضريبة؟"),
    ("أين خرج القطار عن القضبان؟", "وكم عربة انقلبت؟", "كم عربة انقلبت حين خرج القطار عن القضبان؟"),
    ("كم سعر الخبز في السودان؟", "وكم كان قبل الحرب؟", "كم كان سعر الخبز قبل الحرب في السودان؟"),
    ("لماذا مُنعت المسرحية في الكويت؟", "ومن كتبها؟", "من كتب المسرحية في الكويت؟"),
    ("لماذا مُنعت المسرحية في الكويت؟", "وهل عُرضت في قطر؟", "هل عُرضت المسرحية في قطر؟"),
    ("هل ألغت طيران الإمارات رحلاتها إلى بيروت؟", "وحتى متى؟", "حتى متى ألغت طيران الإمارات رحلاتها إلى بيروت؟"),
    ("من فاز برالي داكار 2024؟", "وأي سيارة قاد؟", "أي سيارة قاد برالي داكار 2024؟"),
    ("من فاز برالي داكار 2024؟", "وفي 2023؟", "من فاز برالي داكار 2023؟"),
    ("لماذا تظاهر المعلمون في عمان؟", "وما مطالبهم؟", "ما مطالب المعلمين في عمان؟"),
    ("ما نتيجة مباراة الهلال والنصر؟", "ومن سجل؟", "من سجل في مباراة الهلال والنصر؟"),
    ("من أسس حزب العدالة والتنمية المغربي؟", "ومتى أسسه؟", "متى أسس حزب العدالة والتنمية المغربي؟"),
    ("كم طبيبا غادر تونس في 2022؟", "وإلى أين ذهبوا؟", "إلى أين ذهب الأطباء في 2022؟"),
    ("لماذا قاضت الخطوط القطرية إيرباص؟", "وأين رفعت الدعوى؟", "أين رفعت الدعوى حين قاضت الخطوط القطرية إيرباص؟"),
    ("ماذا قال حسن نصر الله في خطابه؟", "وعن لبنان؟", "ماذا قال حسن نصر الله في خطابه عن لبنان؟"),
    ("كم طول نفق فيهمارنبلت؟", "ومن يبنيه؟", "من يبني نفق فيهمارنبلت؟"),
    ("أي وزيرة استقالت بعد انفجار بيروت؟", "ولماذا استقالت؟", "لماذا استقالت الوزيرة بعد انفجار بيروت؟"),
    ("كم هدفا سجل صلاح في 2022؟", "وماني؟", "كم هدفا سجل ماني في 2022؟"),
    ("متى يصوت الكنيست على الموازنة؟", "وكم تبلغ؟", "كم تبلغ الموازنة؟"),
    ("ما عقوبة التهرب الضريبي في مصر؟", "وفي الأردن؟", "ما عقوبة التهرب الضريبي في الأردن؟"),
    ("من يمثل المتهم في قضية الذهب؟", "وماذا طلب من المحكمة؟", "ماذا طلب المتهم من المحكمة في قضية الذهب؟"),
    ("أين وقع الانفجار في بنغازي؟", "وهل من ضحايا؟", "هل من ضحايا في الانفجار في بنغازي؟"),
]
ACROSS = [
    ("ماذا حدث في درنة في سبتمبر 2023؟", "How many people died?", "How many people died in Derna in September 2023?"),
    ("من هي أنس جابر؟", "Where was she born?", "Where was Ons Jabeur born?"),
    ("متى تحطمت الطائرة اليمنية؟", "Where?", "أين تحطمت الطائرة اليمنية؟"),
    ("What happened in Derna in September 2023?", "وكم عدد القتلى؟", "كم عدد القتلى في Derna في سبتمبر 2023؟"),
    ("Who is Ons Jabeur?", "وكم عمرها؟", "كم عمر Ons Jabeur؟"),
    ("How many people were killed in the Derna floods?", "متى؟", "When were the people killed in the Derna floods?"),
    (
        "من هو رئيس المحكمة الدستورية في المغرب؟",
        "When was he appointed?",
        "When was رئيس المحكمة الدستورية appointed in Morocco?",
    ),
    ("لماذا أُجلت محاكمة الغنوشي؟", "Until when?", "إلى متى أُجلت محاكمة الغنوشي؟"),
    ("When did the volcano on Jebel al-Tair erupt?", "وهل أصيب أحد؟", "هل أصيب أحد في Jebel al-Tair؟"),
    ("Who directed the film Capernaum?", "ومتى؟", "When did someone direct the film Capernaum?"),
]
LONGER = [
    (
        ["Who won the Arabic Booker prize in 2023?", "And in 2022?"],
        "Where was he born?",
        "Where was the one who won the Arabic Booker prize in 2022 born?",
    ),
    (
        ["Who is Ons Jabeur?", "Which tournament did she win in Madrid?"],
        "How much money did she get?",
        "How much money did Ons Jabeur get in Madrid?",
    ),
    (["من هو خالد درارني؟", "كم عدد سكان الجزائر العاصمة؟"], "ومتى أُفرج عنه؟", "متى أُفرج عن خالد درارني؟"),
    (["What happened to the Yemenia plane?", "thanks"], "Who owned it?", "Who owned the Yemenia plane?"),
    (
        ["Who leads the Future party?", "When was it founded?"],
        "How many seats does it hold?",
        "How many seats does the Future party hold?",
    ),
]
STANDING_ALONE = [
    ("How many people were killed in the Derna floods?", "How many people live in Ramadi?"),
    ("Who is Ons Jabeur?", "When was the Rasid-2 satellite launched?"),
    ("Who is Ons Jabeur?", "And who is Dominic Raab?"),
    ("Who is Ons Jabeur?", "Why did the Iraqi parliament vote to expel foreign troops?"),
    ("What did Kirby say about Iran?", "What did Trump say about his meeting with Putin?"),
    ("What did Kirby say about Iran?", "Did Iran say that it would respond?"),
    ("What did Kirby say about Iran?", "Is it true that Algeria won the 2019 Africa Cup?"),
    ("What did Kirby say about Iran?", "Were there casualties in the Beirut port explosion?"),
    ("What did Kirby say about Iran?", "What is inflation?"),
    ("What did Kirby say about Iran?", "How are volcanoes formed?"),
    ("What did Kirby say about Iran?", "Thank you"),
    ("What did Kirby say about Iran?", "hello"),
    ("What did Kirby say about Iran?", "What happened in Tripoli this year?"),
    ("What did Kirby say about Iran?", "Which ministry promised 100,000 pounds to each bereaved family in Mahalla?"),
    ("ماذا حدث في درنة؟", "كم عدد سكان الرمادي؟"),
    ("ماذا حدث في درنة؟", "ومن هو دومينيك راب؟"),
    ("ماذا حدث في درنة؟", "وما هي عاصمة فرنسا؟"),
    ("ماذا حدث في درنة؟", "متى تأسست قناة الجزيرة؟"),
    ("ماذا حدث في درنة؟", "ماذا قال ترامب عن لقائه مع بوتين؟"),
    ("ماذا حدث في درنة؟", "ما السيارة التي عُثر عليها في هيت؟"),
    ("ماذا حدث في درنة؟", "هل هناك قتلى في انفجار مرفأ بيروت؟"),
    ("ماذا حدث في درنة؟", "كم بلغ سعر برميل النفط في مارس 2022؟"),
    ("ماذا حدث في درنة؟", "ما هو التضخم؟"),
    ("ماذا حدث في درنة؟", "شكرا"),
    ("ماذا حدث في درنة؟", "مرحبا"),
    ("ماذا حدث في درنة؟", "وزير خارجية بريطانيا من هو؟"),
    ("ماذا حدث في درنة؟", "من قتل رفيق الحريري؟"),
    ("ماذا حدث في درنة؟", "ماذا حدث في طرابلس هذا العام؟"),
    ("ماذا حدث في درنة؟", "أين عُقدت في 2019 القمة العربية؟"),
    ("ماذا حدث في درنة؟", "هل انخفض سعر الذهب هذا الأسبوع؟"),
    ("Who directed the film Capernaum?", "Which film won the Palme d'Or in 2023?"),
    ("Who directed the film Capernaum?", "What does the UN say about its own peacekeepers in Mali?"),
    ("Who directed the film Capernaum?", "Who will replace Lionel Messi at Barcelona?"),
    ("Who directed the film Capernaum?", "And how many people voted in the Tunisian referendum?"),
    ("Who directed the film Capernaum?", "What time is it?"),
    ("Who directed the film Capernaum?", "Is there a ceasefire in Sudan?"),
    ("Who directed the film Capernaum?", "Why did Omar say his brother had left Benghazi?"),
    ("Who directed the film Capernaum?", "population of Ramadi"),
    ("كم لاجئا يعيش في مخيم الزعتري؟", "وكم يبلغ عدد سكان القاهرة؟"),
    ("كم لاجئا يعيش في مخيم الزعتري؟", "من أقال مدرب منتخب الجزائر جمال بلماضي؟"),
    ("كم لاجئا يعيش في مخيم الزعتري؟", "هل صحيح أن قطر فازت بكأس آسيا؟"),
    ("كم لاجئا يعيش في مخيم الزعتري؟", "متى حُكم على سعد لمجرد في باريس؟"),
    ("كم لاجئا يعيش في مخيم الزعتري؟", "ما أسباب ارتفاع أسعار القمح في مصر؟"),
    ("كم لاجئا يعيش في مخيم الزعتري؟", "كيف حالك؟"),
    ("كم لاجئا يعيش في مخيم الزعتري؟", "ليش استقال سعد الحريري؟"),
    ("كم لاجئا يعيش في مخيم الزعتري؟", "ومين ربح الانتخابات التونسية؟"),
    ("Who designed the Grand Egyptian Museum?", "And who coaches Al Ahly?"),
    ("Who designed the Grand Egyptian Museum?", "Has Tesla reported its profits for 2022?"),
    ("Who designed the Grand Egyptian Museum?", "Who said that Gaza would run out of fuel?"),
    ("Who designed the Grand Egyptian Museum?", "Where do most of the Rohingya refugees live?"),
    ("من صمم المتحف المصري الكبير؟", "هل أعلنت شركة تسلا أرباحها لعام 2022؟"),
    ("من صمم المتحف المصري الكبير؟", "من قال إن غزة ستبقى بلا وقود؟"),
    ("من صمم المتحف المصري الكبير؟", "كم يبلغ طول برج خليفة؟"),
    ("من صمم المتحف المصري الكبير؟", "متى دخلت اتفاقية باريس حيز التنفيذ؟"),
    ("من صمم المتحف المصري الكبير؟", "ما الذي تسبب في انهيار سد درنة؟"),
    ("Who is Hanan Ashrawi?", "Which towns in Sudan did the RSF take in 2023?"),
    ("Who is Hanan Ashrawi?", "What did the WHO say it would do in Gaza?"),
    ("Who is Hanan Ashrawi?", "Were there protests in Algiers on Friday?"),
    ("Who is Hanan Ashrawi?", "Does Apple pay taxes in Ireland?"),
    ("Who is Hanan Ashrawi?", "Who was the first woman to lead Tunisia's government?"),
    ("كم سعر الخبز في السودان؟", "هل يشارك محمد صلاح في مباراة مصر؟"),
    ("كم سعر الخبز في السودان؟", "ومتى توفي الشاعر محمود درويش؟"),
    ("كم سعر الخبز في السودان؟", "لماذا اعتذر بنك أوف أميركا لعملائه؟"),
    ("كم سعر الخبز في السودان؟", "ما الذي قاله أردوغان عن السويد؟"),
    ("كم سعر الخبز في السودان؟", "وكم هدفا سجل رونالدو مع النصر؟"),
    ("How long is the Fehmarnbelt tunnel?", "How many people voted for Macron in 2022?"),
    ("How long is the Fehmarnbelt tunnel?", "Where did Messi play before he joined Inter Miami?"),
    ("How long is the Fehmarnbelt tunnel?", "Did Saudi Arabia cut its oil exports?"),
    ("كم طول نفق فيهمارنبلت؟", "متى يبدأ كأس آسيا في قطر؟"),
    ("كم طول نفق فيهمارنبلت؟", "هل خفضت السعودية صادراتها النفطية؟"),
    ("كم طول نفق فيهمارنبلت؟", "أين لعب ميسي قبل انضمامه إلى إنتر ميامي؟"),
]


def talk(questions: Sequence[str]) -> list[Turn]:
    """The turns of a talk, each question read as it is completed."""
    turns: list[Turn] = []
    for question in questions:
        turns.append(Turn(complete(question, turns) or question, script(question) or "ar"))
    return turns


@pytest.mark.parametrize(("before", "question", "completed"), [*ENGLISH, *ARABIC])
def test_a_follow_up_is_completed_from_the_question_before(before: str, question: str, completed: str) -> None:
    assert complete(question, talk([before])) == completed


@pytest.mark.parametrize(("before", "question", "completed"), ACROSS)
def test_it_may_be_in_another_language_than_the_question_before(before: str, question: str, completed: str) -> None:
    assert complete(question, talk([before])) == completed


@pytest.mark.parametrize(("before", "question", "completed"), LONGER)
def test_the_topic_may_lie_further_back(before: list[str], question: str, completed: str) -> None:
    assert complete(question, talk(before)) == completed


@pytest.mark.parametrize(("before", "question"), STANDING_ALONE)
def test_a_question_that_stands_alone_is_left_as_it_is(before: str, question: str) -> None:
    assert complete(question, talk([before])) is None


@pytest.mark.parametrize("question", ["And in 2024?", "ومتى؟", "Who said that?", "من قال ذلك؟", "", "?", "…"])
def test_nothing_is_completed_where_nothing_was_asked_before(question: str) -> None:
    assert complete(question, []) is None
    assert complete(question, [Turn("hello", "en")]) is None


@pytest.mark.parametrize("question", ["", "?", "و", "and", "ماذا عن", "what about?", "«»", "🙂", "12", "a" * 3000])
def test_whatever_is_asked_is_read(question: str) -> None:
    assert complete(question, talk(["What happened in Derna in September 2023?"])) is None or question.strip()


@pytest.mark.parametrize("name", ["seeds", "made"])
def test_the_questions_of_a_set_stand_alone_after_one_another(name: str) -> None:
    path = Path(__file__).parent / "grounding" / f"{name}.jsonl"
    asked = [record["question"] for _, record in read_records(path) if record["kind"] != "follow_up"]
    changed = [(question, complete(question, talk([before]))) for before, question in pairwise(asked)]
    assert [pair for pair in changed if pair[1]] == []


def test_he_is_whom_the_answer_names() -> None:
    claim = "«وقال مدير مستشفى السلام، الدكتور سامي الحداد، إن المستشفى توقف عن العمل.»"
    turn = Turn("Who runs the Salam hospital in Aden?", "en", claims=(claim,))
    assert complete("What did he say?", [turn]) == "What did Sami Haddad say in Aden?"
    arabic = Turn("من يدير مستشفى السلام؟", "ar", claims=(claim,))
    assert complete("وماذا قال؟", [arabic]) == "ماذا قال سامي الحداد؟"


def test_of_two_whom_the_answer_names_it_is_the_one_with_the_office_asked_for() -> None:
    claims = (
        "«وقال الوزير كريم بدوي إن التحقيق مستمر.»",
        "«وأضافت مديرة المستشفى، الدكتورة هدى سالم، أن الجرحى نُقلوا.»",
    )
    turn = Turn("من يتولى إدارة المستشفى؟", "ar", claims=claims)
    assert complete("وماذا قالت؟", [turn]) == "ماذا قالت هدى سالم؟"


def test_of_two_whom_the_answer_names_and_nothing_tells_apart_neither_is_meant() -> None:
    claims = ("«وقال كريم بدوي إن التحقيق مستمر.»", "«وأضاف سامي الحداد أن الجرحى نُقلوا.»")
    turn = Turn("Who led the rescue in Aden?", "en", claims=claims)
    assert complete("How old is he?", [turn]) == "How old is the one who led the rescue in Aden?"


def test_a_short_answer_tells_who_it_is() -> None:
    turn = Turn("Who led the rescue in Aden?", "en", short=("Sami al-Haddad", "person"))
    assert complete("How old is he?", [turn]) == "How old is Sami al-Haddad?"


def test_a_question_that_was_refused_is_still_what_the_talk_is_about() -> None:
    turn = Turn("How many people were hurt in the Sidi Bouzid fire?", "en", kind="refusal")
    assert complete("And killed?", [turn]) == "How many people were killed in the Sidi Bouzid fire?"
    assert complete("When did it start?", [turn]) == "When did the Sidi Bouzid fire start?"


def test_who_said_that_is_asked_of_a_short_claim_by_its_own_words() -> None:
    turn = Turn("What happened in Derna?", "en", claims=("Two dams burst above the town [1].",))
    assert complete("Who said that?", [turn]) == "Who said that Two dams burst above the town?"


def test_a_turn_is_made_of_a_reply() -> None:
    citation = Citation(1, "a", "سيول درنة", "", None, None, None, "انهار سدّان فوق المدينة.", 0, 24, "a/0")
    claim = Claim("«انهار سدّان فوق المدينة.»", (1,), "quoted", speaker="البلدية")
    answer = Answer(
        "And in Derna?",
        "ar",
        "",
        "extractive",
        read_as="What happened in Derna?",
        short={"text": "سدّان", "type": "number"},
        claims=(claim,),
        citations=(citation,),
    )
    assert Turn.of(answer) == Turn(
        "What happened in Derna?",
        "en",
        "answer",
        ("«انهار سدّان فوق المدينة.»",),
        ("انهار سدّان فوق المدينة.",),
        ("البلدية",),
        ("سدّان", "number"),
        ("سيول درنة",),
    )
    assert Turn.of(Refusal("وأين؟", "ar", "", "extractive")) == Turn("وأين؟", "ar", "refusal")
