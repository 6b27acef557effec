/**
 * Passwords that guessers try first, as far as they have eight characters: the favourites of leaked Chinese and
 * international lists, and what a service of this name invites. In lower case.
 */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(
  `
  12345678 123456789 1234567890 0123456789 01234567 87654321 987654321 9876543210 123123123 12341234 11223344
  1122334455 12344321 123454321 123321123 147258369 159357159 147852369 789456123 741852963 963852741 11111111
  111111111 1111111111 00000000 000000000 0000000000 22222222 33333333 55555555 66666666 666666666 77777777 88888888
  888888888 8888888888 99999999 999999999 88886666 66668888 12121212 10101010 13131313 31415926 314159265
  password password1 password12 password123 password1234 passw0rd p@ssw0rd p@ssword pass1234 passwort qwertyui
  qwertyuiop qwerty12 qwerty123 qwerty1234 qwer1234 1234qwer qwerasdf asdfghjk asdfghjkl asdf1234 zxcvbnm1 zxcvbnm123
  1qaz2wsx 1q2w3e4r 1q2w3e4r5t q1w2e3r4 qazwsxedc qazwsx123 1qazxsw2 zaq12wsx !qaz2wsx 1qaz@wsx abcd1234 1234abcd
  abc12345 abc123456 a1234567 a12345678 a123456789 aa123456 aa12345678 aaa123456 123456aa 123456aaa 12345678a
  123456789a 1234567a 123456abc 12345abc abcdefgh abcdefg1 aaaaaaaa aaaa1111 a1b2c3d4 a1b2c3d4e5 iloveyou iloveyou1
  letmein1 welcome1 welcome123 admin123 admin1234 admin12345 admin888 adminadmin administrator administrator1
  root1234 test1234 test12345 changeme changeme1 sunshine princess football baseball superman dragon123 monkey123
  trustno1 whatever starwars computer internet michelle jennifer 5201314a 52013145 5201314520 13145200 1314520520
  520520520 13141314 woaini520 woaini1314 woaini521 woaini123 woaini1314520 5201314woaini iloveyou1314 woaizhongguo
  zhongguo zhongguo1 zhongguo123 woaizuguo zhonghua beijing2008 tiananmen wangyang wanglei123 zhangwei zhangwei123
  liuyang123 wodemima mima1234 mima12345 mima123456 mimamima yihao123 nihao123 nihao1234 nihaoma123 hao123456 asd123456
  qwe123456 zxc123456 qq123456 qq12345678 wang123456 zhang123456 li123456 liu123456 chen123456 yang123456 a5201314
  aini1314 qaz123456 xiaoming xiaoming123 caonima123 dearbook 1234567b 12345678910 1234512345 123698745 112233445566
  laobing123 laobing888 laobingzhijia tuiyijunren tuiyi123 junren123 junren81 jiefangjun jiefangjun81 81818181 19270801
  80118011 bayi1927 fuwuzhan fuwuzhan123 fuwuzhan1 muster123 mustermuster muster2024 muster2025 muster2026 muster1234
  `
    .split(/\s+/)
    .filter(Boolean),
);
