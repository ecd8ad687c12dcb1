Feature: One question to the upstream, however many ask
  Each question to the upstream costs tokens, and there are few. When an entry expires on a busy morning, fifty people
  miss it at the same moment; one question is enough for all of them.

  @PC-5 @both-databases @target.process
  Rule: A miss asks the upstream once, however many ask at once for the same key

    Scenario Outline: 50 misses at once, <processes>
      Given the upstream takes 1000 ms
      And a server with <processes>
      And the switch DATABASE_S_MAX is set to "60"
      And Ada asks for the products of category 2000
      When Ada asks for the products of category 1000 50 times at once
      Then all 50 of them are granted
      And 1 search reached the upstream
      And Ada is answered with what the upstream found, each time

      Examples: one process
        | processes        |
        | 1 worker process |

      @workers.2 @cost.seconds
      Examples: two worker processes
        | processes          |
        | 2 worker processes |

    @cost.seconds
    Scenario Outline: 25 misses at once to each of two servers that share a database, for <what>
      Given the upstream takes 1000 ms
      And 2 servers that share a database
      And the switch DATABASE_S_MAX is set to "60"
      And Ada asks for the products of category 2000
      When Ada asks each server for <what> 25 times at once
      Then all 50 of them are granted
      And <count> <asked> reached the upstream
      And Ada is answered with <answer>

      Examples:
        | what                                                | count | asked            | answer                             |
        | the products of category 1000                       | 1     | search           | what the upstream found, each time |
        | the scores of B0STRONG01, B0BUY00001 and B0SKIP0001 | 3     | product look-ups | the scores of the upstream         |

    @cost.seconds
    Scenario: 50 misses at once for three scores
      Given the upstream takes 1000 ms
      And Ada asks for the products of category 2000
      When Ada asks for the scores of B0STRONG01, B0BUY00001 and B0SKIP0001 50 times at once
      Then all 50 of them are granted
      And Ada is answered with the scores of the upstream
      And 3 product look-ups reached the upstream
      And 1 product request reached the upstream

    @workers.2 @cost.seconds
    Scenario: stampedes in a row, two worker processes
      Given the upstream is well
      And a server with 2 worker processes
      And the switch DATABASE_S_MAX is set to "60"
      And Ada asks for the products of category 2000
      When Ada asks for 5 searches in a row 50 times at once
      Then all 250 of them are granted
      And 5 searches reached the upstream

    @workers.2 @cost.minute @timeout.600
    Scenario: a hundred stampedes in a row, two worker processes
      Given the upstream is well
      And a server with 2 worker processes
      And the switch DATABASE_S_MAX is set to "60"
      And Ada asks for the products of category 2000
      When Ada asks for 100 searches in a row 50 times at once
      Then all 5000 of them are granted
      And 100 searches reached the upstream

    @cost.minute @timeout.600
    Scenario: a hundred stampedes in a row on two servers that share a database
      Given the upstream is well
      And 2 servers that share a database
      And the switch DATABASE_S_MAX is set to "60"
      And Ada asks for the products of category 2000
      When Ada asks each server for 100 searches in a row 25 times at once
      Then all 5000 of them are granted
      And 100 searches reached the upstream

  @PC-5 @both-databases
  Rule: Those who want the same share one question, and those who want something else do not wait for it

    Scenario: somebody wants something else
      Given the upstream is well
      And Ada has a search of category 1000 under way
      When Grace asks for the products of category 2000
      Then Grace is answered with what the upstream found
      And 1 search reached the upstream
      And the request of Ada is answered

    Scenario: somebody wants the same
      Given the upstream is well
      And Ada has a search of category 1000 under way, until somebody waits for it
      When Grace asks for the products of category 1000
      Then Grace is answered with what the upstream found
      And 0 searches reached the upstream
      And the request of Ada is answered

    Scenario: scores that overlap with those of somebody else
      Given the upstream is well
      And Ada has the scores of B0STRONG01 and B0BUY00001 under way, until somebody waits for one
      When Grace asks for the scores of B0BUY00001 and B0SKIP0001
      Then Grace is answered with the scores of the upstream
      And 1 product look-up reached the upstream
      And the request of Ada is answered

    Scenario: a failure is shared
      Given the upstream answers with 400 after 500 ms
      And Ada has an account
      When Ada asks for the products of category 1000 20 times at once
      Then 0 of them are granted, and the other 20 are refused with 503 "refused what we asked of it"
      And Ada is answered with one refusal for all of them
      And 1 search reached the upstream
      And nothing else was changed
