"""Words that carry no subject of their own, in folded form; they are neither indexed nor matched."""

from rag.language.characters import fold

_ARABIC = """
في من إلى الى على عن مع أن إن بأن لأن وأن كأن لكن لكنه لكنها ولكن إنه إنها أنه أنها أنهم إنهم بأنه بأنها وأنه وأنها لأنه لأنها فإن
هو هي هم هما هن أنا نحن أنت أنتم وهو وهي وهم فهو فهي هذا هذه هذان هذين هاتان هاتين هؤلاء ذلك تلك أولئك وهذا وهذه وذلك بذلك لذلك كذلك
الذي التي الذين اللذان اللذين اللتان اللتين اللواتي اللاتي والذي والتي والذين ما ماذا مما لما بما كما فيما وما وما من ممن لمن عما
لا لم لن ليس ليست ليسوا ولا ولم ولن وليس بلا قد وقد لقد فقد كان كانت كانوا يكون تكون وكان وكانت يكن تكن كون كونه
ثم أو أم إما بل حتى إذا إذ إلا غير سوى أي أية أيضا أيضاً جدا كل بعض كلا كلتا كلها كله كلهم بعضها بعضهم
به بها بهم له لها لهم لهما لنا لي لك فيه فيها فيهم منه منها منهم عنه عنها عنهم عليه عليها عليهم إليه إليها إليهم معه معها معهم لديه لديها لديهم
عند لدى حيث حين حينما عندما بينما كلما لو لولا فقط نفس نفسه نفسها ذاته ذاتها ذات ذو ذي عبر نحو إزاء ضمن حول بشأن
هنا هناك هنالك ثمة يا ها إياه وفي ومن وعلى وإلى وعن ومع فمن ففي
سوف وسوف فسوف لسوف كي لكي ولكي كيلا لكيلا ريثما حيثما أينما كيفما مهما ومهما حينئذ عندئذ بعدئذ لعل ولعل لعله لعلها ليت كأنما إنما وإنما فإنما أنما
لئن ولئن لذا ولذا بنفس ونفس بنفسه بنفسها أنفسهم أنفسهن بأنفسهم غيره غيرها غيرهم وغيره وغيرها وغيرهم سواه سواها سواهم إياها إياهم
تلكم أولاء عنده عندها عندهم مثلما هكذا هاهنا أحد أحدا لأحد بأحد وأحد
""".split()

_ENGLISH = """
a an the this that these those there here of in on at to from by for with about into onto over under as than then so such
and or but nor if because while although though whether either neither both
i you he she it we they me him her us them my your his its our their yours hers ours theirs himself herself itself themselves
is are was were be been being am isn't aren't wasn't weren't do does did doing done don't doesn't didn't
have has had having haven't hasn't hadn't will would shall should can could may might must won't wouldn't can't cannot couldn't
not no nor only own same too very just also any some each every all other another more most much many few
unless whilst whereas whoever whomever whichever whatever whatsoever whenever wherever whereby wherein thereby therein thereof
herein hereby hence thus albeit amid amidst amongst lest besides moreover furthermore nevertheless nonetheless however therefore
anyone anybody someone somebody anything something else
s t d ll m re ve o one's al el
""".split()

# Words by which a question asks; in an article they are ordinary words, in a question they name no subject.
_ASKING = """
من متى أين كيف لماذا ماذا ما هل كم كنت كنا كنتم أي أية لمن بماذا علام عم مم إلام أيان كام شنو وين ليش ليه امتى إمتى قديش شو ايش إيش مين فين ازاي منو
شكد شقد أشقد شحال قديه أديش كام بكام بكم شوكت أشوكت وقتاش إيمتى إيمتا وش إيه أيه شنهو أنهي أنو منهو منهي شكون منين لوين فوين علاش لايش لشو شلون كيفاش
اللي يلي إلي ده دي دول هاد هاي هيدا هادي هيك كده كدا هالـ عشان علشان مشان مش مو مب حدا حد فيه بيه بيها وياه إحنا هسه هلق دلوقتي لسه كمان برضو
طيب لطفا رجاء اذكر أخبرني
who whom whose what when where why how which tell me please many much often long according article articles news report reports
""".split()

STOPWORDS = frozenset(fold(word) for word in _ARABIC + _ENGLISH)
ASKING = frozenset(fold(word) for word in _ASKING)
