Feature: Counting how often an entry is used
  The number of hits says whether the cache pays for itself. The source's service read the count, added one and wrote it
  back: with two users at the same time it lost hits. Here none is lost.

  @PC-3 @both-databases
  Rule: A hit adds exactly one, to the entry that was used

    Scenario: five hits, one after the other
      Given the upstream is well
      And Ada asks for the products of category 1000
      And Ada asks for the products of category 2000
      When Ada asks for the products of category 1000, 5 times in a row
      Then Ada is answered with hits counted 1, 2, 3, 4 and 5
      And the cache has these entries
        | cache    | entry         | expires     | hits |
        | searches | category 1000 | in 24 hours | 5    |
        | searches | category 2000 | in 24 hours | 0    |
      And nothing else was changed

    Scenario: the first request is no hit
      Given the upstream is well
      And Ada has an account
      When Ada asks for the products of category 1000
      Then Ada is answered with what the upstream found
      And the cache has these entries
        | cache    | entry         | expires     | hits |
        | searches | category 1000 | in 24 hours | 0    |
      And nothing else was changed

    Scenario: hits of two people on one entry
      Given the upstream is well
      And Ada asks for the products of category 1000
      And Grace asks for the products of category 1000
      When Ada asks for the products of category 1000
      Then Ada is answered with what the cache has
      And the cache has these entries
        | cache    | entry         | expires     | hits |
        | searches | category 1000 | in 24 hours | 2    |
      And nothing else was changed

    Scenario: a product that is asked for twice in one request is used once
      Given the upstream is well
      And Ada asks for the scores of B0STRONG01 and B0BUY00001
      When Ada asks for the scores of B0STRONG01, B0BUY00001 and B0STRONG01
      Then Ada is answered with the scores that are cached
      And the cache has these entries
        | cache  | entry      | expires    | hits |
        | scores | B0STRONG01 | in 6 hours | 1    |
        | scores | B0BUY00001 | in 6 hours | 1    |
      And nothing else was changed

    Scenario: a request that is refused is no hit
      Given the upstream is well
      And Ada asks for the scores of B0STRONG01
      And the upstream answers with 500
      When Ada tries to ask for the scores of B0STRONG01 and B0BUY00001
      Then Ada is refused with 503 "Missing: B0BUY00001."
      And Ada is answered with a refusal within the deadline
      And the cache has these entries
        | cache  | entry      | expires    | hits |
        | scores | B0STRONG01 | in 6 hours | 0    |
      And nothing else was changed

  @PC-3 @both-databases @target.process
  Rule: However many use an entry at the same time, each hit is counted once

    Scenario Outline: 50 clients with 20 hits each on one search, <processes>
      Given the upstream is well
      And a server with <processes>
      And the switch DATABASE_S_MAX is set to "60"
      And Ada asks for the products of category 1000
      When Ada asks for the products of category 1000 20 times with each of 50 clients
      Then all 1000 of them are granted
      And the cache has these entries
        | cache    | entry         | expires     | hits |
        | searches | category 1000 | in 24 hours | 1000 |
      And nothing else was changed

      Examples: one process
        | processes        |
        | 1 worker process |

      @workers.2 @cost.seconds
      Examples: two worker processes
        | processes          |
        | 2 worker processes |

    @cost.seconds
    Scenario: 50 clients with 20 hits each on two scores
      Given the upstream is well
      And the switch DATABASE_S_MAX is set to "60"
      And Ada asks for the scores of B0STRONG01 and B0BUY00001
      When Ada asks for the scores of B0STRONG01 and B0BUY00001 20 times with each of 50 clients
      Then all 1000 of them are granted
      And the cache has these entries
        | cache  | entry      | expires    | hits |
        | scores | B0STRONG01 | in 6 hours | 1000 |
        | scores | B0BUY00001 | in 6 hours | 1000 |
      And nothing else was changed
