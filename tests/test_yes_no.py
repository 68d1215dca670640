"""The short answer to questions of yes or no, told by made sentences of other topics than the samples."""

import pytest

from rag.evidence import gather
from rag.yes_no import verdict
from rag.yes_no.telling import Verdict

from .newsroom import article, material, understood

SAID = [
    ("هل افتتح الوزير المستشفى الجديد؟", "افتتح الوزير المستشفى الجديد في مدينة طنجة صباح الأحد."),
    ("هل فاز الأهلي على الزمالك؟", "فاز الأهلي على الزمالك بهدفين مقابل هدف في مباراة مثيرة."),
    ("هل استقالت وزيرة التعليم؟", "استقالت وزيرة التعليم من منصبها بعد أسبوع من الاحتجاجات."),
    ("هل وقعت الشركة عقدا مع المصنع الصيني؟", "ووقعت الشركة عقدا مع المصنع الصيني بقيمة عشرة ملايين دولار."),
    ("هل رفع البنك المركزي سعر الفائدة؟", "وكان البنك المركزي قد رفع سعر الفائدة مرتين هذا العام."),
    ("هل أطلقت الوكالة القمر الصناعي؟", "أعلنت الوكالة أنها أطلقت القمر الصناعي بنجاح من قاعدتها في الصحراء."),
    ("هل سيحضر الرئيس القمة؟", "وسيحضر الرئيس القمة في العاصمة الأسبوع المقبل."),
    ("هل أصيب اللاعب في المباراة؟", "أصيب اللاعب في المباراة بتمزق في العضلة الخلفية."),
    ("هل تم توقيف سائق الحافلة؟", "وأعلنت الشرطة توقيف سائق الحافلة بعد ساعات من الحادث."),
    ("هل أسفر الزلزال عن ضحايا؟", "وأسفر الزلزال عن ضحايا في ثلاث قرى جبلية."),
    ("هل فتحت النيابة تحقيقا في الحادث؟", "وفتحت النيابة تحقيقا في الحادث واستمعت إلى الشهود."),
    ("هل كان المصنع مرخصا؟", "وقالت البلدية إن المصنع كان مرخصا منذ عام 2010."),
    ("Did the minister inaugurate the new hospital?", "افتتح الوزير المستشفى الجديد في مدينة طنجة صباح الأحد."),
    ("Did the education minister resign?", "استقالت وزيرة التعليم من منصبها بعد أسبوع من الاحتجاجات."),
    ("Did the central bank raise interest rates?", "وكان البنك المركزي قد رفع أسعار الفائدة مرتين هذا العام."),
    ("Will the president attend the summit?", "وسيحضر الرئيس القمة في العاصمة الأسبوع المقبل."),
    ("Was the driver arrested?", "واعتقلت الشرطة السائق بعد ساعات من الحادث."),
    ("Did the team win the match?", "وفاز الفريق بالمباراة بهدف نظيف سجله في الدقيقة الأخيرة."),
    ("Was anyone injured in the explosion?", "وأصيب سبعة أشخاص في الانفجار نقلوا إلى المستشفى."),
    # Casualties are those who were hurt or killed; a state's authorities are its police or prosecutors.
    ("Were there any casualties in the explosion?", "وأصيب سبعة أشخاص في الانفجار نقلوا إلى المستشفى."),
    ("هل سقط جرحى في الانفجار؟", "وأصيب سبعة أشخاص في الانفجار نقلوا إلى المستشفى."),
    ("هل وقع ضحايا في الانفجار؟", "وقتل سبعة أشخاص في الانفجار."),
    ("هل فتحت السلطات تحقيقا في الحادث؟", "وفتحت النيابة تحقيقا في الحادث واستمعت إلى الشهود."),
    ("هل بدأت السلطات تحقيقا في الحادث؟", "وفتحت الشرطة تحقيقا في الحادث."),
    # Who spoke on condition of not being named puts no condition to what he told.
    ("هل أصيب الجنود؟", "وقال مسؤول تحدث شريطة عدم الكشف عن هويته، إن الجنود أصيبوا."),
    ("Did the drivers survive the crash?", "موضحا أن السائقين نجيا من الحادث."),
    ("Was the bridge closed because of the flood?", "وأغلق الجسر بسبب الفيضان."),
    ("هل دخل اللصوص المتحف؟", "وقال الحارس إن اللصوص هربوا بعد أن دخلوا المتحف."),
    ("Did the government declare mourning?", "وأعلنت الحكومة الحداد ثلاثة أيام."),
    ("Were the coins moved to a laboratory?", "ونقلت القطع النقدية إلى مختبر في العاصمة."),
    ("Did the mayor say that the bridge was closed?", "وأكد العمدة أن الجسر أغلق أمام المارة."),
    ("هل قال العمدة إن الجسر أغلق؟", "وقال العمدة إن الجسر أغلق أمام المارة."),
    ("هل سرق الحارس اللوحات بحسب الشاهد؟", "وزعم الشاهد أن الحارس سرق اللوحات."),
    ("Did the university cancel the exams?", "وألغت الجامعة الامتحانات بسبب الفيضانات."),
    ("هل ألغت الجامعة الامتحانات هذا الأسبوع؟", "وألغت الجامعة الامتحانات هذا الأسبوع."),
    ("هل أوقف أشخاص في قضية الحريق؟", "وأوقفت الشرطة ثلاثة أشخاص في قضية الحريق."),
    # What happened is named again by a word for any such thing; what was denied of something else leaves this as it is.
    ("هل تبنى التنظيم التفجير؟", "وتبنى التنظيم العملية في بيان."),
    ("هل تبنى التنظيم التفجير؟", "وتبنى التنظيم العملية في بيان، زاعما أنه قتل عشرة جنود، وهو ما نفته الشرطة."),
]

DENIED = [
    ("هل استقالت وزيرة التعليم؟", "ولم تستقل وزيرة التعليم رغم مطالبة النقابات."),
    ("هل وقعت إصابات في الانفجار؟", "وقال الدفاع المدني إن الانفجار لم يسفر عن وقوع إصابات."),
    ("هل سيحضر الرئيس القمة؟", "ولن يحضر الرئيس القمة بسبب مرضه."),
    ("هل أصدرت المحكمة حكما؟", "ولم تصدر المحكمة أي حكم في القضية."),
    ("هل رحب المدرب بالعرض؟", "وانتقد المدرب العرض قبل ساعات."),
    ("هل وافق المجلس على القانون؟", "ورفض المجلس القانون بأغلبية كبيرة."),
    ("هل انخفضت أسعار الخبز؟", "وارتفعت أسعار الخبز بنسبة خمسة بالمئة خلال شهر."),
    ("هل تضررت المزارع من الإعصار؟", "ولم تتضرر المزارع من الإعصار."),
    ("هل أعلنت أي جهة مسؤوليتها عن التفجير؟", "ولم تعلن أي جهة مسؤوليتها عن التفجير."),
    ("هل توجد أعراض جانبية للدواء؟", "وأكدت الدراسة عدم وجود أعراض جانبية للدواء."),
    ("هل استخدمت الشرطة القوة؟", "وفرقت الشرطة المتظاهرين دون استخدام القوة."),
    ("Did the education minister resign?", "ولم تستقل وزيرة التعليم رغم مطالبة النقابات."),
    ("Were there any injuries in the explosion?", "وقال الدفاع المدني إن الانفجار لم يسفر عن وقوع إصابات."),
    ("Was anyone killed or injured in the explosion?", "وقال الدفاع المدني إن الانفجار لم يسفر عن قتلى أو جرحى."),
    ("Did the council approve the law?", "ورفض المجلس القانون بأغلبية كبيرة."),
    ("Did the price of bread fall?", "وارتفع سعر الخبز بنسبة خمسة بالمئة خلال شهر."),
    # With the subject of the clause before, the reason left aside, or whoever it may be.
    ("هل استخدمت الشرطة الرصاص الحي؟", "وفرقت الشرطة المتظاهرين، لكنها لم تستخدم الرصاص الحي."),
    ("Was the bridge closed because of the flood?", "ولم يغلق الجسر بعد الفيضان."),
    ("هل أغلقت المدارس بسبب الأمطار؟", "ولم تغلق المدارس رغم الأمطار."),
    ("هل أعلنت جماعة ما وقوفها وراء التفجير؟", "ولم تتبن أي جهة التفجير."),
    ("هل أعلن أحد مسؤوليته عن التفجير؟", "ولم تتبن أي جهة التفجير."),
    ("هل تأثرت المدارس بالعاصفة؟", "ولم تتأثر المدارس بالعاصفة."),
    ("هل أثر العطل على شبكة الهاتف؟", "وقالت الشركة إن العطل لم يمس شبكة الهاتف."),
    # Of two with "or" between them neither.
    ("Was anyone hurt in the explosion?", "وقال الدفاع المدني إن الانفجار لم يسفر عن قتلى أو جرحى."),
    ("هل أصيب أحد في الانفجار؟", "وقال الدفاع المدني إن الانفجار لم يسفر عن قتلى أو جرحى."),
    ("هل تبنت أي جهة الكمين؟", "ولم تتبن أي جهة الهجوم."),
    # Nobody hurt, where there were no casualties.
    ("Did the fire cause any casualties?", "وأتى الحريق على المخزن دون التسبب في خسائر بشرية."),
    ("Was anyone hurt in the fire?", "وأتى الحريق على المخزن دون التسبب في خسائر بشرية."),
    ("هل أصيب أحد في الحريق؟", "وأتى الحريق على المخزن دون التسبب في خسائر بشرية."),
    ("هل سقط جرحى في الحريق؟", "وأتى الحريق على المخزن دون وقوع إصابات."),
    # Whether it is known, and what somebody said.
    ("Is it clear whether the fire was deliberate?", "ولم يتضح ما إذا كان الحريق متعمدا."),
    ("هل اتضح ما إذا كان الحريق متعمدا؟", "ولم يتضح ما إذا كان الحريق متعمدا."),
    ("Did the mayor say that the bridge was closed?", "وأكد العمدة أن الجسر لم يغلق."),
    ("هل قال العمدة إن الجسر أغلق؟", "وقال العمدة إن الجسر لم يغلق."),
    ("هل وقع الناديان العقد بحسب المتحدث؟", "ونفى المتحدث أن يكون الناديان قد وقعا العقد."),
    ("Did the police use live ammunition, according to the governor?", "ونفى المحافظ استخدام الشرطة الذخيرة الحية."),
    ("Has anyone claimed responsibility for the bombing?", "ولم تتبن أي جهة التفجير."),
    ("Will the president attend the summit?", "ولن يحضر الرئيس القمة بسبب مرضه."),
    ("Did the company sign the contract?", "وقال المدير إن الشركة لم توقع العقد."),
]

LEFT_OPEN = [
    # Hedged, planned, wished, feared, claimed or accused of.
    ("هل استقالت وزيرة التعليم؟", "ويرجح أن وزيرة التعليم استقالت من منصبها."),
    ("هل استقالت وزيرة التعليم؟", "وطالبت النقابات وزيرة التعليم بأن تستقيل."),
    ("هل وقعت الشركة العقد؟", "وتعتزم الشركة توقيع العقد الشهر المقبل."),
    ("هل سرق الحارس اللوحات؟", "ويشتبه في أن الحارس سرق اللوحات."),
    ("هل سرق الحارس اللوحات؟", "واتهمت إدارة المتحف الحارس بسرقة اللوحات."),
    ("هل سرق الحارس اللوحات؟", "وزعم الشاهد أن الحارس سرق اللوحات."),
    ("هل أفرج عن الصحفي؟", "ودعت المنظمة إلى الإفراج عن الصحفي."),
    ("هل أفرجت السلطات عن الصحفي؟", "وناشدت عائلة الصحفي السلطات أن تفرج عن الصحفي."),
    ("Was the journalist released?", "ودعت المنظمة إلى الإفراج عن الصحفي."),
    ("Did the guard steal the paintings?", "ويشتبه في أن الحارس سرق اللوحات."),
    ("Did the company sign the contract?", "وتعتزم الشركة توقيع العقد الشهر المقبل."),
    ("Did the president attend the summit?", "وسيحضر الرئيس القمة في العاصمة الأسبوع المقبل."),
    ("Did the strike stop production?", "وقد يوقف الإضراب الإنتاج في المصنع."),
    ("هل توقف الإنتاج في المصنع؟", "ولم يتضح ما إذا كان الإنتاج قد توقف في المصنع."),
    ("هل أضرب العمال؟", "وهدد العمال بأن يضربوا إذا لم ترفع الأجور."),
    # A party denies it, and it is not asked what that says.
    ("هل وقع الناديان العقد؟", "ونفى المتحدث أن يكون الناديان قد وقعا العقد."),
    ("Did the police use live ammunition?", "نافيا استخدام الشرطة الذخيرة الحية."),
    ("هل لوث المصنع النهر؟", "واستبعد المدير أن يكون المصنع قد لوث النهر."),
    ("هل وقع الناديان العقد بحسب الوزير؟", "ونفى المتحدث أن يكون الناديان قد وقعا العقد."),
    ("Did the mayor say that the bridge was closed?", "وأكد المحافظ أن الجسر أغلق أمام المارة."),
    ("هل قال العمدة إن الجسر أغلق؟", "وأغلق الجسر أمام المارة بعدما زاره العمدة."),
    ("هل استخدم المتظاهرون الرصاص؟", "وهاجم المتظاهرون الشرطة، لكنها لم تستخدم الرصاص."),
    # Why is not told, what is not known is not said to be so, and a part of the authorities is not all of them.
    ("Was the bridge closed because of the flood?", "وأغلق الجسر لأعمال الصيانة بعد شهر."),
    ("هل أغلقت المدارس بسبب الأمطار؟", "وأغلقت المدارس لثلاثة أيام."),
    ("Is it clear whether the fire was deliberate?", "ولم يتضح عدد ضحايا الحريق."),
    ("Was the fire deliberate?", "ولم يتضح ما إذا كان الحريق متعمدا."),
    ("هل فتحت السلطات تحقيقا في الحادث؟", "ولم تفتح الشرطة تحقيقا في الحادث."),
    ("هل فتحت السلطات تحقيقا في الحادث؟", "وفتحت الشركة تحقيقا في الحادث."),
    # Nobody was killed, but somebody may be hurt; one was hurt elsewhere.
    ("Were there any casualties in the explosion?", "ولم يقتل أحد في الانفجار."),
    ("Was anyone killed in the explosion?", "وأصيب سبعة أشخاص في الانفجار."),
    ("هل سقط قتلى في الانفجار؟", "وأصيب سبعة أشخاص في الانفجار."),
    ("Were there any casualties in the explosion?", "وأصيب سبعة أشخاص في تدافع بالملعب."),
    ("هل سقط جرحى في الانفجار؟", "وأصيب سبعة أشخاص في تدافع بالملعب."),
    ("Did the strike affect the hospitals?", "ولم يؤثر الإضراب في المدارس."),
    ("هل تبنت جماعة ما التفجير؟", "وحملت الحكومة جماعة مسلحة مسؤولية التفجير."),
    ("هل أصيب أحدهم؟", "وأصيب سبعة أشخاص في الانفجار."),
    ("Was the health minister hurt?", "وأصيب وزير في الحكومة، فيما زار رئيسها وزارة الصحة."),
    # Something else of the question is not there, or said of somebody else.
    ("هل استقال وزير الصحة؟", "واستقالت وزيرة التعليم من منصبها بعد لقائها وزير الصحة."),
    ("هل فاز الزمالك على الأهلي؟", "فاز الأهلي على الزمالك بهدفين مقابل هدف."),
    ("هل هاجم المتظاهرون الشرطة؟", "وهاجمت الشرطة المتظاهرين في الميدان."),
    ("Did the protesters attack the police?", "وهاجمت الشرطة المتظاهرين في الميدان."),
    ("Were the police attacked?", "وهاجمت الشرطة المتظاهرين في الميدان."),
    ("هل اعتقلت الشرطة الوزير؟", "واعتقلت الشرطة نجل الوزير في المطار."),
    ("Did the police arrest the minister?", "واعتقلت الشرطة نجل الوزير في المطار."),
    ("هل دانت فرنسا الانقلاب؟", "ودانت ألمانيا الانقلاب، فيما اكتفت فرنسا بالدعوة إلى الحوار."),
    ("Did France condemn the coup?", "ودانت ألمانيا الانقلاب، فيما اكتفت فرنسا بالدعوة إلى الحوار."),
    ("هل عين المجلس سالم مديرا؟", "عين المجلس كمال مديرا، بينما بقي سالم في منصبه."),
    ("Did the company recall 300 cars?", "واستدعت الشركة 500 سيارة بسبب عيب في المكابح."),
    ("هل استدعت الشركة 300 سيارة؟", "واستدعت الشركة 500 سيارة بسبب عيب في المكابح."),
    ("هل أغلق المطار في مارس 2022؟", "وأغلق المطار في أبريل 2022 بسبب الضباب."),
    ("Was the airport closed in March 2022?", "وأغلق المطار في أبريل 2022 بسبب الضباب."),
    ("هل باعت الشركة المصنع؟", "واشترت الشركة آلات جديدة للمصنع."),
    ("Did the museum buy the painting?", "ويعرض المتحف اللوحة منذ شهر."),
    ("هل زار الرئيس الصيني الرياض؟", "وزار الرئيس التركي الرياض يوم الثلاثاء."),
    # Denied of a part only, or of something beside it.
    ("هل وصل المتسابقون إلى خط النهاية؟", "ولم يصل كل المتسابقين إلى خط النهاية."),
    ("هل تأثرت الرحلات بالعاصفة؟", "ولم تتأثر الرحلات بالعاصفة باستثناء ثلاث."),
    ("هل أفلست الشركة؟", "ولم يعلن الوزير أن الشركة أفلست."),
    ("هل استخدمت الشرطة الغاز؟", "ولم تستخدم الشرطة إلا الغاز."),
    ("Did the ministry publish the report?", "ولم تنشر الوزارة سوى جزء من التقرير."),
    # The question denies, narrows, or leaves a choice.
    ("ألم تستقل وزيرة التعليم؟", "استقالت وزيرة التعليم من منصبها."),
    ("Didn't the education minister resign?", "استقالت وزيرة التعليم من منصبها."),
    ("هل أغلقت كل المدارس؟", "وأغلقت المدارس في ثلاث محافظات."),
    ("Were all the schools closed?", "وأغلقت المدارس في ثلاث محافظات."),
    ("Are the schools still closed?", "وأغلقت المدارس في ثلاث محافظات."),
    ("هل خسر الفريق أم تعادل؟", "وخسر الفريق بهدف."),
    ("Was the driver killed or injured?", "وأصيب السائق بجروح."),
    ("Did they sign it?", "ووقعت الشركة العقد."),
    # Neither yes nor no is asked; the sentence is a question, or not Arabic.
    ("متى استقالت وزيرة التعليم؟", "استقالت وزيرة التعليم من منصبها."),
    ("Who resigned?", "استقالت وزيرة التعليم من منصبها."),
    ("هل استقالت وزيرة التعليم؟", "هل استقالت وزيرة التعليم من منصبها؟"),
    ("Did the company sign the contract?", "The company signed the contract on Monday."),
    # Both are said.
    (
        "هل وقعت إصابات في الانفجار؟",
        "وقال الدفاع المدني إن الانفجار أسفر عن إصابات، فيما أكد الجيش أن الانفجار لم يسفر عن إصابات.",
    ),
    ("هل أطلق الجنود النار؟", "وقال السكان إن الجنود أطلقوا النار، وهو ما نفته قيادة الجيش."),
]

# Of the circumstances of a question its sentence may leave to those beside it.
BESIDE = [
    ("هل أضرب العمال في مصنع النسيج؟", "وأضرب العمال لليوم الثاني.", "ويعمل في مصنع النسيج ألف عامل.", "yes"),
    ("هل أضرب العمال في مصنع السيارات؟", "وأضرب العمال لليوم الثاني.", "ويعمل في مصنع النسيج ألف عامل.", None),
    ("Were there any injuries in Tangier?", "ولم تسجل أي إصابات.", "ووقع الانفجار في طنجة صباحا.", "no"),
    ("Were there any injuries in Tangier?", "ولم تسجل أي إصابات.", "ووقع الانفجار في وهران صباحا.", None),
]

DISPUTED = [
    (
        "هل أوقف حارس المتحف في أكادير؟",
        "وأوقف حارس المتحف في أكادير مساء السبت.",
        "وأكد البيان أن حارس المتحف لم يوقف.",
    ),
    (
        "هل استخدمت الشرطة الرصاص ضد المتظاهرين؟",
        "ولم تستخدم الشرطة الرصاص ضد المتظاهرين.",
        "وقال شهود إن الشرطة استخدمت الرصاص ضد المتظاهرين في الميدان.",
    ),
    (
        "Did the factory pollute the river?",
        "وقال مدير المصنع إن المصنع لم يلوث النهر.",
        "وأكد الصيادون أن المصنع لوث النهر منذ سنوات.",
    ),
    (
        "هل دفعت الشركة الرواتب؟",
        "وقالت الشركة إنها دفعت الرواتب.",
        "وقال العمال إن الشركة لم تدفع الرواتب.",
    ),
    (
        "Was anyone hurt in the fire?",
        "وأتى الحريق على المخزن دون التسبب في خسائر بشرية.",
        "وقال الجيران إن الحريق أسفر عن إصابة حارسين.",
    ),
]


# Of another event, which is dated otherwise or only tells since when.
ELSEWHEN = [
    (
        "Was anyone killed in the May 2023 explosion?",
        "وقال الدفاع المدني إن انفجار مايو 2023 لم يسفر عن قتلى أو جرحى.",
        "وقتل سبعة أشخاص في انفجار مماثل وقع في مارس 2021.",
    ),
    (
        "هل قتل أحد في انفجار مايو 2023؟",
        "وقال الدفاع المدني إن انفجار مايو 2023 لم يسفر عن قتلى أو جرحى.",
        "وتكررت الانفجارات في المدينة منذ مقتل العمدة.",
    ),
]


def told(question: str, sentence: str, *others: str) -> Verdict | None:
    """The verdict by the first sentence of an article."""
    one = article("news", " ".join((sentence, *others)), published="2023-05-02")
    found = material(one)
    asked = understood(question, one)
    evidence = gather(asked, [concept.telling for concept in asked.concepts], found)
    return verdict(asked, evidence[0], found)


@pytest.mark.parametrize(("question", "sentence"), SAID)
def test_yes_where_the_sentence_says_what_is_asked(question: str, sentence: str) -> None:
    assert told(question, sentence) == "yes"


@pytest.mark.parametrize(("question", "sentence"), DENIED)
def test_no_where_it_denies_that_or_says_the_opposite(question: str, sentence: str) -> None:
    assert told(question, sentence) == "no"


@pytest.mark.parametrize(("question", "sentence"), LEFT_OPEN)
def test_nothing_where_anything_of_it_is_left_open(question: str, sentence: str) -> None:
    assert told(question, sentence) is None


@pytest.mark.parametrize(("question", "sentence", "beside", "expected"), BESIDE)
def test_circumstances_may_stand_beside_the_sentence(
    question: str, sentence: str, beside: str, expected: Verdict | None
) -> None:
    assert told(question, sentence, beside) == expected


@pytest.mark.parametrize(("question", "sentence", "other"), DISPUTED)
def test_nothing_where_another_sentence_says_the_opposite(question: str, sentence: str, other: str) -> None:
    assert told(question, sentence) is not None
    assert told(question, sentence, other) is None


@pytest.mark.parametrize(("question", "sentence", "other"), ELSEWHEN)
def test_what_is_told_of_another_event_disputes_nothing(question: str, sentence: str, other: str) -> None:
    assert told(question, sentence, other) == "no"
