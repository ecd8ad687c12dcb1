Feature: What the server says of its upstream
  The operator sees in the metrics that an upstream fails, before users call. The key that is paid for stays a secret,
  also when something goes wrong.

  @PC-10 @both-databases
  Rule: Calls of the upstream are counted by what became of them

    Scenario Outline: a call of an upstream that <upstream>
      Given the upstream <upstream>
      And the switch KEEPA_DEADLINE_S is set to "1"
      And Ada has an account
      And Ada tries to ask for the products of category 1000
      When Ada asks for the server's metrics
      Then Ada is answered with metrics of 1 call of the upstream, which was <outcome>
      And nothing else was changed

      Examples:
        | upstream                        | outcome |
        | is well                         | ok      |
        | answers with 429 for 17 seconds | busy    |

      @cost.seconds
      Examples: more
        | upstream                       | outcome     |
        | answers with 500               | unavailable |
        | answers with a page for people | malformed   |
        | never answers                  | timeout     |
        | answers with 400               | rejected    |

  @PC-10
  Rule: An answer of the upstream is read up to 4 MiB, packed or not, and unpacked only as was asked for

    Scenario Outline: the upstream <answers>, which is read
      Given the upstream <answers>
      And Ada has an account
      When Ada tries to ask for the products of category 1000
      Then Ada is answered with what the upstream found

      Examples:
        | answers                     |
        | answers with 4 MiB          |
        | packs its answers with gzip |
        | packs 4 MiB with gzip       |

    Scenario Outline: the upstream <answers>, which is not read
      Given the upstream <answers>
      And Ada has an account
      When Ada tries to ask for the products of category 1000
      Then Ada is refused with 503 "A service that is needed for this"
      And Ada is answered with a refusal at once
      And nothing else was changed

      Examples:
        | answers                                    |
        | answers with 4 MiB and a byte              |
        | packs 4 MiB and a byte with gzip           |
        | says that it packs its answers with brotli |

  @PC-10 @both-databases
  Rule: The key of the upstream is nowhere but in the requests to it

    Scenario Outline: the upstream <upstream>
      Given the upstream <upstream>
      And the switch KEEPA_DEADLINE_S is set to "1"
      And Ada has an account
      When Ada tries to ask for the products of category 1000
      Then Ada is answered with no key of the upstream, which is in no log, table or metric either

      Examples:
        | upstream          |
        | is well           |
        | answers with 500  |
        | cannot be reached |

      @cost.seconds
      Examples: more
        | upstream                       |
        | never answers                  |
        | answers with 400               |
        | answers with a page for people |

  @PC-7 @both-databases
  Rule: The metrics count what was asked of each cache, by whether it was there

    Scenario: some searches, and a score
      Given the upstream is well
      And Ada has 1 miss and 3 hits of searches
      And Ada asks for the scores of B0STRONG01
      When Ada asks for the server's metrics
      Then Ada is answered with metrics of 1 miss and 3 hits of searches, and of 1 miss of scores
      And nothing else was changed

  @PC-10 @target.process
  Rule: A key that no request can carry is refused at the start, and not shown

    Scenario: a key with an accent
      Given the switch KEEPA_API_KEY is set to "clé"
      When a server is started
      Then it ends with exit code 64
      And it says "KEEPA_API_KEY holds more than printable ASCII."
