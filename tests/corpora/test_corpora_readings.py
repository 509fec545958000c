"""A table of what each language says, thought through case by case by a reader, not by the code.

Each line is a text and what a transcript of it has, after IBM's rule where there is one and a
speaker's habit where there is none. The lines are grouped by language and dialect.
"""

from __future__ import annotations

import pytest

from sttprep.corpora import parse_line

ENGLISH = """
## whole numbers, separators
0 → zero
12 → twelve
101 → one hundred one
1100 → one thousand one hundred
1,500 → one thousand five hundred
1,234,567 → one million two hundred thirty four thousand five hundred sixty seven
1985 → one thousand nine hundred eighty five
2009 → two thousand nine
1000000000 → one billion
1111222233334444 → one one one one two two two two three three three three four four four four
00 → zero zero
1,2,3 → one two three
1, 2 and 3. → one two and three
12,34 → twelve thirty four
there were 3. Then 4! → there were three Then four
## decimals
0.5 → zero point five
0.15 → zero point fifteen
0.150 → zero point one hundred fifty
3.14 → three point fourteen
2.50 → two point fifty
10.05 → ten point zero five
1,000.25 → one thousand point twenty five
2.71828 → two point seven one eight two eight
.25 inch → point twenty five inch
1.5x → one point five x
v2.1 → v2.1
## currencies
$5 → five dollars
$1 → one dollar
$0 → zero dollars
$ 5 → five dollars
5$ → five dollars
$1,000 → one thousand dollars
$1.01 → one dollar and one cent
$0.50 → fifty cents
$10.00 → ten dollars
$3.5 → three point five dollars
$3.999 → three point nine hundred ninety nine dollars
$1 million → one million dollars
$2.5 billion → two point five billion dollars
$5-million → five million dollars
$5M → five million dollars
$10K → ten thousand dollars
€1 → one euro
€9.99 → nine euros and ninety nine cents
100€ → one hundred euros
100 € → one hundred euros
£1.50 → one pound and fifty pence
£0.01 → one penny
¥500 → five hundred yen
₹500 → five hundred rupees
50¢ → fifty cents
US$20 → twenty dollars
C$20 → twenty dollars
A$1 → one dollar
-$5 → minus five dollars
the $ and the € → the and the
a $100-a-day job → a one hundred dollars a-day job
$5, $6 and $7 → five dollars six dollars and seven dollars
cash$ → cash
## percentages
100% → one hundred percent
5 % → five percent
0.5% → zero point five percent
-3% → minus three percent
50%-60% → fifty percent sixty percent
% of all → of all
10–15% → ten to fifteen percent
10-15% → ten fifteen percent
## ordinals and decades
1st → first
2ND → second
3rd → third
11th → eleventh
21st-century → twenty first century
the 100th → the one hundredth
1980s → nineteen eighties
1980's → nineteen eighties
'80s → eighties
1800s → eighteen hundreds
2000s → two thousands
10s → tens
100s → one hundreds
747's → seven hundred forty seven's
## dates, American order
12/25/2024 → December twenty fifth twenty twenty four
1/2/2003 → January second two thousand three
01/02/2003 → January second two thousand three
25/12/2024 → December twenty fifth twenty twenty four
7/4/76 → July fourth seventy six
7/4/05 → July fourth oh five
2024-12-25 → December twenty fifth twenty twenty four
2024/12/25 → December twenty fifth twenty twenty four
12-25-2024 → December twenty fifth twenty twenty four
13/13/2024 → thirteen thirteen two thousand twenty four
12/25 → twelve twenty five
June 3, 2021 → June third twenty twenty one
June 3 → June third
June 3rd, 1900 → June third nineteen hundred
JUNE 3 → JUNE third
Jun. 3, 2021 → June third twenty twenty one
Dec 25, 1999 → December twenty fifth nineteen ninety nine
Sept. 11, 2001 → September eleventh two thousand one
June 2021 → June twenty twenty one
June 3-5, 2021 → June third to fifth twenty twenty one
May 5–7 → May fifth to seventh
June 3.5 → June three point five
on 3 June 2021 we met → on the third of June twenty twenty one we met
the 3 June 2021 deadline → the third of June twenty twenty one deadline
the 3rd of June 2021 → the third of June twenty twenty one
in 2021 → in two thousand twenty one
March 1066 → March ten sixty six
May 1805 → May eighteen oh five
may 5 people → may five people
Type 2 May Help → Type two May Help
Marching 3 → Marching three
## times
3:30 → three thirty
3:05 pm → three oh five pm
3:00 pm → three pm
3:00 → three o'clock
10:15am → ten fifteen am
15:00 → fifteen hundred
23:59 → twenty three fifty nine
9:00 a.m. sharp → nine a.m. sharp
3pm → three pm
196:561 → one hundred ninety six five hundred sixty one
9:30-10:15 → nine thirty ten fifteen
9:30–10:15 → nine thirty to ten fifteen
## fractions
1/2 → one half
3/4 cup → three quarters cup
2/3 → two thirds
1/10 → one tenth
2 1/2 → two and a half
1 3/4 → one and three quarters
½ → one half
2½ hours → two and a half hours
¼ → one quarter
140/90 → one hundred forty ninety
9/11 → nine eleven
24/7 → twenty four seven
5/10 → five ten
21/2 → twenty one two
and/or → and or
## telephone numbers
555-123-4567 → five five five one two three four five six seven
1-800-555-0199 → one eight zero zero five five five zero one nine nine
555.123.4567 → five five five one two three four five six seven
call 555-0123 → call five five five zero one two three
+1 555 123 4567 → plus one five five five one two three four five six seven
+442071838750 → plus four four two zero seven one eight three eight seven five zero
123-45-6789 → one two three four five six seven eight nine
(555) 123-4567 → one two three four five six seven
500-1000 calories → five hundred one thousand calories
## ranges
10-15 → ten fifteen
10–15 → ten to fifteen
1990–1995 → one thousand nine hundred ninety to one thousand nine hundred ninety five
pages 3–5, 7 → pages three to five seven
## units
5mg → five mg
5 mg → five mg
2.5mL → two point five mL
10km/h → ten km h
120mg/dL → one hundred twenty mg dL
37°C → thirty seven degrees celsius
98.6 °F → ninety eight point six degrees fahrenheit
1° → one degree
180° → one hundred eighty degrees
24-hour → twenty four hour
5G and 3D → 5G and 3D
10x → ten x
## signs
#1 → number one
# 5 → number five
#winning → winning
No. 5 → number five
No. We → No We
№7 → number seven
research & development → research and development
R&D → R&D
AT&T → AT&T
& →
a & b & c → a and b and c
5 & 6 → five and six
a @ b → a b
a + b → a b
a = b → a b
5 < 6 → five six
-5 → minus five
−5 → minus five
x-5 → x five
a * b ^ c | d ~ e → a b c d e
© 2020 → two thousand twenty
IBM™ → IBM
§ 5 → five
5 € → five euros
50% off! → fifty percent off
... →
— →
## brackets
a (b) c → a c
(a) b → b
a (b (c) d) e → a e
a [b {c} d] e → a e
a (b c → a b c
a b) c → a b c
a )b( c → a b c
a (b]c → a b c
<b>bold</b> move → bold move
word(s) → word
([{<x>}]) y → y
a (5%) b → a b
:) hi :( → hi
## words
If you're ill, DON'T wait! → If you're ill DON'T wait
don’t → don't
rock 'n' roll → rock 'n roll
'tis → 'tis
"quoted" 'single' → quoted single
seventy-five → seventy-five
e-mail → e-mail
state-of-the-art → state-of-the-art
the U.S. and U.K. → the U.S. and U.K.
Ph.D. → Ph.D.
vs. → vs
trainingdata.txt → trainingdata.txt
http://a.b/c?d=5 → http://a.b/c?d=5
me2@x.org → me2@x.org
COVID-19 → COVID nineteen
B12 → B12
H5N1 → H5N1
10.1000/5 → 10.1000/5
café naïve → café naïve
MIXED Case kept → MIXED Case kept
tremor.The → tremor The
a…b → a b
'm' and 's → m and 's
10 000 → ten thousand
10:00-11:00 → ten o'clock eleven o'clock
$1.5T → one point five trillion dollars
1.5T → one point five T
$20–30 → twenty to thirty dollars
$1.50–2.50 → one dollar and fifty cents to two dollars and fifty cents
1.5.2b → 1.5.2b
37ºC → thirty seven degrees celsius
37℃ → thirty seven degrees celsius
1º → first
*bold* _under_ → bold under
"""

BRITISH = """
## en-GB: "and" in numbers, day before month
101 → one hundred and one
1,001 → one thousand and one
2,345 → two thousand three hundred and forty five
0.15 → zero point fifteen
£100 → one hundred pounds
12/05/2024 → the twelfth of May twenty twenty four
25/12/2024 → the twenty fifth of December twenty twenty four
12/25/2024 → the twenty fifth of December twenty twenty four
the 25/12/2024 → the twenty fifth of December twenty twenty four
3 June 2021 → the third of June twenty twenty one
3 June → the third of June
3rd June → the third of June
June 3, 2021 → June third twenty twenty one
2024-12-25 → the twenty fifth of December twenty twenty four
the 101st → the one hundred and first
"""

AUSTRALIAN = """
$100 → one hundred dollars
110 → one hundred and ten
1/2/2003 → the first of February two thousand and three
"""

INDIAN = """
₹100 → one hundred rupees
1,00,000 → one lakh
12,34,567 → twelve lakh thirty four thousand five hundred and sixty seven
₹2,50,000 → two lakh fifty thousand rupees
1,000 → one thousand
100,000 → one hundred thousand
15/08/1947 → the fifteenth of August nineteen forty seven
"""

FRENCH = """
500 → cinq cents
21 → vingt et un
71 → soixante et onze
80 → quatre vingts
99 → quatre vingt dix neuf
1 000 → mille
1 234 567 → un million deux cent trente quatre mille cinq cent soixante sept
12.500 → douze mille cinq cents
0,15 → zéro virgule quinze
0.15 → zéro virgule quinze
3,5 → trois virgule cinq
1,05 → un virgule zéro cinq
1 234,5 → mille deux cent trente quatre virgule cinq
$100 → cent dollars
€100 → cent euros
100 € → cent euros
100€ → cent euros
1 € → un euro
1,50 € → un euro et cinquante centimes
0,01 € → un centime
12,5 € → douze virgule cinq euros
£1 → une livre
£21 → vingt et une livres
5 millions € → cinq millions d'euros
1 million $ → un million de dollars
2 000 000 $ → deux millions de dollars
le signe € → le signe
100% → cent pour cent
100 % → cent pour cent
2,5 % → deux virgule cinq pour cent
1er → premier
1re → première
1ère → première
2e → deuxième
2ème → deuxième
2nd → second
2nde → seconde
21e → vingt et unième
le XIXe siècle → le XIXe siècle
le 1er mai → le premier mai
1 mai → premier mai
3 mars 2021 → trois mars deux mille vingt et un
le 14 juillet 1789 → le quatorze juillet mille sept cent quatre vingt neuf
3 janv. 2021 → trois janvier deux mille vingt et un
25/12/2024 → vingt cinq décembre deux mille vingt quatre
12/25/2024 → vingt cinq décembre deux mille vingt quatre
01/02/2003 → premier février deux mille trois
25.12.2024 → vingt cinq décembre deux mille vingt quatre
2024-12-25 → vingt cinq décembre deux mille vingt quatre
en 1985 → en mille neuf cent quatre vingt cinq
15h30 → quinze heures trente
15 h 30 → quinze heures trente
15:30 → quinze heures trente
15h → quinze heures
1h05 → une heure cinq
21h → vingt et une heures
0h30 → zéro heure trente
1/2 → un demi
1/3 → un tiers
2/3 → deux tiers
3/4 → trois quarts
1/5 → un cinquième
2½ → deux et demi
01 23 45 67 89 → zéro un vingt trois quarante cinq soixante sept quatre vingt neuf
+33 1 23 45 67 89 → plus trois trois un deux trois quatre cinq six sept huit neuf
10–15 → dix à quinze
10-15 → dix quinze
5mg → cinq mg
20 °C → vingt degrés celsius
1° → un degré
-5 °C → moins cinq degrés celsius
n° 5 → numéro cinq
#5 → numéro cinq
toi & moi → toi et moi
c’est l’été → c'est l'été
aujourd'hui → aujourd'hui
« bonjour » → bonjour
est-ce que → est-ce que
porte-à-porte → porte-à-porte
un (deux) trois → un trois
Où ? Là ! → Où Là
1 heure → une heure
1 livre → une livre
cœur ŒUVRE → cœur ŒUVRE
"""

SPANISH = """
500 → quinientos
1 → uno
16 → dieciséis
21 → veintiuno
101 → ciento uno
1.000 → mil
1.234.567 → un millón doscientos treinta y cuatro mil quinientos sesenta y siete
21.000.000 → veintiún millones
0,15 → cero coma quince
0.15 → cero coma quince
3,5 → tres coma cinco
$100 → cien dólares
100$ → cien dólares
€100 → cien euros
100€ → cien euros
100 € → cien euros
$1 → un dólar
21 € → veintiún euros
1,50 € → un euro con cincuenta céntimos
£200 → doscientas libras
£1 → una libra
$2 millones → dos millones de dólares
1 millón → un millón
21 millones → veintiún millones
5 millones de euros → cinco millones de euros
100% → cien por ciento
50 % → cincuenta por ciento
2,5% → dos coma cinco por ciento
1º → primero
2ª → segunda
3.º → tercero
1er → primer
3er → tercer
11º → undécimo
21º → vigésimo primero
25/12/2024 → veinticinco de diciembre de dos mil veinticuatro
12/25/2024 → veinticinco de diciembre de dos mil veinticuatro
3 de marzo de 2021 → tres de marzo de dos mil veintiuno
3 de marzo del 2021 → tres de marzo de dos mil veintiuno
el 1 de mayo → el uno de mayo
1º de mayo → uno de mayo
2024-12-25 → veinticinco de diciembre de dos mil veinticuatro
15:30 → quince treinta
las 21:05 → las veintiuna cero cinco
a la 1:30 → a la una treinta
15:00 → quince horas
1/2 → un medio
2/3 → dos tercios
3/4 → tres cuartos
2½ → dos y medio
10–15 → diez a quince
5mg → cinco mg
37 °C → treinta y siete grados celsius
n.º 5 → número cinco
nº 5 → número cinco
#5 → número cinco
tú & yo → tú y yo
¿Qué? ¡Sí! → Qué Sí
21 euros → veintiún euros
200 libras → doscientas libras
1 hora → una hora
21 kg → veintiún kg
niño ÑANDÚ → niño ÑANDÚ
uno (dos) tres → uno tres
-5 → menos cinco
"""

LATIN_AMERICAN = """
$100 → cien pesos
100$ → cien pesos
$1 → un peso
$1,50 → un peso con cincuenta centavos
US$100 → cien dólares
€100 → cien euros
el 1 de mayo → el primero de mayo
1.000 → mil
"""

MEXICAN = """
## the dialect of es-MX is es-US, so $ are dollars; 1,000.50 is written as in the north
$100 → cien dólares
$1,000 → mil dólares
1,000,000 → un millón
1,234.5 → mil doscientos treinta y cuatro coma cinco
0,15 → cero coma quince
0.15 → cero coma quince
25/12/2024 → veinticinco de diciembre de dos mil veinticuatro
1 de mayo → primero de mayo
"""

PORTUGUESE = """
500 → quinhentos
1 → um
21 → vinte e um
101 → cento e um
1985 → mil novecentos e oitenta e cinco
1.000 → mil
1.000.000 → um milhão
0,15 → zero ponto quinze
3,5 → três ponto cinco
$100 → cem dólares
100$ → cem dólares
€100 → cem euros
100€ → cem euros
R$ 100 → cem reais
R$1 → um real
R$ 1,50 → um real e cinquenta centavos
R$ 2 milhões → dois milhões de reais
£2 → duas libras
100% → cem por cento
2,5 % → dois ponto cinco por cento
1º → primeiro
2ª → segunda
10º → décimo
25/12/2024 → vinte e cinco de dezembro de dois mil e vinte e quatro
3 de março de 2021 → três de março de dois mil e vinte e um
1 de maio → primeiro de maio
1º de maio → primeiro de maio
2024-12-25 → vinte e cinco de dezembro de dois mil e vinte e quatro
15h30 → quinze e trinta
15:30 → quinze e trinta
às 2h → às duas horas
1h → uma hora
3h05 → três e cinco
1/2 → um meio
2/3 → dois terços
2½ → dois e meio
10–15 → dez a quinze
5mg → cinco mg
37 °C → trinta e sete graus celsius
1° → um grau
nº 5 → número cinco
#5 → número cinco
você & eu → você e eu
2 horas → duas horas
200 reais → duzentos reais
pão-de-ló → pão-de-ló
um (dois) três → um três
-5 → menos cinco
"""

PORTUGAL = """
16 → dezasseis
1 de maio → um de maio
€1 → um euro
"""

GERMAN = """
500 → fünfhundert
1 → eins
21 → einundzwanzig
101 → einhunderteins
1985 → eintausendneunhundertfünfundachtzig
1.000 → eintausend
1.000.000 → eine million
1'000 → eintausend
0,15 → null punkt fünfzehn
0.15 → null punkt fünfzehn
3,5 → drei punkt fünf
1,05 → eins punkt null fünf
$100 → einhundert dollar
100$ → einhundert dollar
€100 → einhundert euro
100€ → einhundert euro
100 € → einhundert euro
1 € → ein euro
101 € → einhundertein euro
1,50 € → ein euro fünfzig cent
0,99 € → neunundneunzig cent
5 Mio. € → fünf millionen euro
1 Million € → eine Million euro
3 Millionen → drei Millionen
1 Million → eine Million
100% → einhundert prozent
1 % → ein prozent
2,5 % → zwei punkt fünf prozent
3. März → dritter März
am 3. März → am dritten März
am 3. März 2021 → am dritten März zweitausendeinundzwanzig
der 3. Oktober 1990 → der dritte Oktober neunzehnhundertneunzig
Montag, den 1. Mai → Montag den ersten Mai
bis zum 31. Dez. 1999 → bis zum einunddreißigsten Dezember neunzehnhundertneunundneunzig
25.12.2024 → fünfundzwanzigster Dezember zweitausendvierundzwanzig
am 25.12.2024 → am fünfundzwanzigsten Dezember zweitausendvierundzwanzig
am 25.12.24 → am fünfundzwanzigsten Dezember vierundzwanzig
vom 01.02.2003 → vom ersten Februar zweitausenddrei
2024-12-25 → fünfundzwanzigster Dezember zweitausendvierundzwanzig
im März 1985 → im März neunzehnhundertfünfundachtzig
im 19. Jahrhundert → im neunzehnten Jahrhundert
der 3. Platz → der dritte Platz
die 2. Auflage → die zweite Auflage
90er → neunziger
1960er → neunzehnhundertsechziger
15:30 Uhr → fünfzehn Uhr dreißig
15.30 Uhr → fünfzehn Uhr dreißig
15:30 → fünfzehn Uhr dreißig
15 Uhr → fünfzehn Uhr
1 Uhr → ein Uhr
8:05 Uhr → acht Uhr fünf
8:00 Uhr → acht Uhr
1/2 → ein halb
2/3 → zwei drittel
3/4 → drei viertel
2½ → zweieinhalb
1½ → eineinhalb
10–15 → zehn bis fünfzehn
10-15 → zehn fünfzehn
5mg → fünf mg
20 °C → zwanzig grad celsius
-5 → minus fünf
Nr. 5 → nummer fünf
#5 → nummer fünf
du & ich → du und ich
E-Mail → E-Mail
Straße ÄÖÜ → Straße ÄÖÜ
„Hallo“, sagte er. → Hallo sagte er
eins (zwei) drei → eins drei
am 24. und 25. Dezember → am vierundzwanzigsten und fünfundzwanzigsten Dezember
1,5 Mio. Euro → eins punkt fünf Millionen Euro
1 Mio. Euro → eine Million Euro
1 Euro → ein Euro
1 Prozent → ein Prozent
1 kg → ein kg
0171/1234567 → null eins sieben eins eins zwei drei vier fünf sechs sieben
+49 30 1234567 → plus vier neun drei null eins zwei drei vier fünf sechs sieben
24-Stunden-Tag → vierundzwanzig Stunden-Tag
"""

ITALIAN = """
500 → cinquecento
1 → uno
21 → ventuno
1.000 → mille
2.000 → duemila
1.000.000 → un milione
0,15 → zero virgola quindici
3,5 → tre virgola cinque
$100 → cento dollari
€100 → cento euro
100 € → cento euro
1 € → un euro
1,50 € → un euro e cinquanta centesimi
£1 → una sterlina
2 milioni € → due milioni di euro
1 milione → un milione
100% → cento per cento
2,5 % → due virgola cinque per cento
1º → primo
2ª → seconda
3 marzo 2021 → tre marzo duemilaventuno
1 maggio → primo maggio
1° maggio → primo maggio
il 25/12/2024 → il venticinque dicembre duemilaventiquattro
12/25/2024 → venticinque dicembre duemilaventiquattro
2024-12-25 → venticinque dicembre duemilaventiquattro
15:30 → quindici e trenta
alle 8:00 → alle otto
all'1:15 → all'una e quindici
1/2 → un mezzo
2/3 → due terzi
3/4 → tre quarti
2½ → due e mezzo
10–15 → dieci a quindici
5mg → cinque mg
37 °C → trentasette gradi celsius
n° 5 → numero cinque
#5 → numero cinque
tu & io → tu e io
dell’anno → dell'anno
l'11 settembre → l'undici settembre
dell’1,5% → dell'uno virgola cinque per cento
1 euro → un euro
1 ora → una ora
perché CITTÀ → perché CITTÀ
uno (due) tre → uno tre
-5 → meno cinque
"""

DUTCH = """
500 → vijfhonderd
1 → één
21 → eenentwintig
101 → honderdeen
1.000 → duizend
1.000.000 → een miljoen
0,15 → nul komma vijftien
3,5 → drie komma vijf
$100 → honderd dollar
€100 → honderd euro
100 € → honderd euro
€ 2,50 → twee euro vijftig cent
€5 miljoen → vijf miljoen euro
100% → honderd procent
2,5 % → twee komma vijf procent
1e → eerste
2de → tweede
20ste → twintigste
19e eeuw → negentiende eeuw
3 maart 2021 → drie maart tweeduizendeenentwintig
3 mei 1985 → drie mei negentienhonderdvijfentachtig
in mei 1985 → in mei negentienhonderdvijfentachtig
25-12-2024 → vijfentwintig december tweeduizendvierentwintig
25/12/2024 → vijfentwintig december tweeduizendvierentwintig
2024-12-25 → vijfentwintig december tweeduizendvierentwintig
15:30 → vijftien uur dertig
15.30 uur → vijftien uur dertig
8:00 uur → acht uur
8 uur → acht uur
1/2 → een half
2/3 → twee derde
3/4 → drie kwart
10–15 → tien tot vijftien
5mg → vijf mg
20 °C → twintig graden celsius
1° → één graad
nr. 5 → nummer vijf
#5 → nummer vijf
jij & ik → jij en ik
één (twee) drie → één drie
's avonds → 's avonds
't is → 't is
ideeën → ideeën
-5 → min vijf
"""

JAPANESE = """
500 → 五百
0 → 〇
10 → 十
11 → 十一
100 → 百
101 → 百一
1,000 → 千
10000 → 一万
2024 → 二千二十四
007 → 〇〇七
0.15 → 〇・一五
3.14 → 三・一四
５００ → 五百
０．１５ → 〇・一五
100% → 百％
$100 → ＄百
¥500 → ￥五百
500円 → 五百円
2024年12月25日 → 二千二十四年十二月二十五日
12:30 → 十二：三十
IBM → ＩＢＭ
B12 → Ｂ１２
Ｂ１２ → Ｂ１２
H5N1 → Ｈ５Ｎ１
10kg → 十ｋｇ
ｶﾞﾘﾚｵ → ガリレオ
ｱ｡ → ア。
こんにちは。 → こんにちは。
「はい」、と言った！ → 「はい」、と言った！
(括弧) も [残る] → （括弧）　も　［残る］
a b → ａ　ｂ
-5 → －五
1/2 → 一／二
1.2.3 → 一・二．三
03-1234-5678 → 〇三－一二三四－五六七八
電話は03-1234-5678です → 電話は〇三－一二三四－五六七八です
東京 タワー → 東京　タワー
"""

KOREAN = """
10 → 십
0 → 영
11 → 십일
100 → 백
500 → 오백
1,000 → 천
2024 → 이천이십사
0.15 → 영점일오
3.14 → 삼점일사
24% → 이십사퍼센트
24 % → 이십사퍼센트
$10 → 십달러
10$ → 십달러
€5 → 오유로
₩1,000 → 천원
1000원 → 천원
$10.50 → 십달러 오십센트
$10.00 → 십달러
2024년 12월 25일 → 이천이십사년 십이월 이십오일
6월 → 유월
10월 → 시월
16월 → 십육월
안녕하세요. → 안녕하세요
안녕. 하세요. → 안녕. 하세요
안녕... → 안녕
안녕~ → 안녕~
안녕… → 안녕…
"안녕", 하세요 → 안녕 하세요
'안녕': 하세요* → 안녕 하세요
(안녕) 하세요 → 안녕 하세요
[안녕] <하세요> {네} → [안녕] <하세요> {네}
안녕!? → 안녕!?
가-나 → 가나
10-20명 → 십 이십명
10~20 → 십~이십
12:30 → 십이 삼십
010-1234-5678 → 공일공 일이삼사 오육칠팔
전화는 02-123-4567로 → 전화는 공이 일이삼 사오육칠로
IBM홈페이지 → IBM홈페이지
London → London
B12 → B12
10kg → 십kg
3개 → 삼개
안녕." → 안녕
안녕 . . → 안녕
"""

UNDOCUMENTED = """
Ta 500 mg (om dagen)! → Ta 500 mg om dagen
5% av 1,5 miljoner → 5 av 1,5 miljoner
"""

TABLES = {
    "en-US": ENGLISH,
    "en-GB": BRITISH,
    "en-AU": AUSTRALIAN,
    "en-IN": INDIAN,
    "fr-FR": FRENCH,
    "fr-CA": FRENCH,
    "es-ES": SPANISH,
    "es-LA": LATIN_AMERICAN,
    "es-AR": LATIN_AMERICAN,
    "es-CL": LATIN_AMERICAN,
    "es-CO": LATIN_AMERICAN,
    "es-PE": LATIN_AMERICAN,
    "es-MX": MEXICAN,
    "es-US": MEXICAN,
    "pt-BR": PORTUGUESE,
    "pt-PT": PORTUGAL,
    "de-DE": GERMAN,
    "it-IT": ITALIAN,
    "nl-NL": DUTCH,
    "nl-BE": DUTCH,
    "ja-JP": JAPANESE,
    "ko-KR": KOREAN,
    "sv-SE": UNDOCUMENTED,
}


CASES = [
    (language, *(part.strip() for part in line.split("→")))
    for language, table in TABLES.items()
    for line in table.splitlines()
    if "→" in line
]


@pytest.mark.parametrize(("language", "text", "words"), CASES)
def test_reading(language: str, text: str, words: str) -> None:
    """The text is read as a speaker of the language reads it."""
    assert parse_line(text, language) == words.replace(
        " ", "\u3000" if language[:2] == "ja" else " "
    )
