Feature: What the cache says of itself
  The operator justifies what the cache costs by how often it is used. The figures are those of the queries in the
  source's report, run on the tables at the same moment.

  @PC-7 @both-databases
  Rule: The figures of each cache are those of the source's queries, run beside them

    Scenario: entries of both caches, some of which have expired
      Given Ada has an account
      And the cache has these entries
        | cache    | entry    | expires      | hits |
        | searches | search-a | in 24 hours  | 5    |
        | searches | search-b | 1 hour ago   | 2    |
        | searches | search-c | 1 second ago | 0    |
        | scores   | score-a  | in 6 hours   | 1    |
        | scores   | score-b  | 1 hour ago   | 0    |
      When Ada asks for the cache's figures
      Then Ada is answered with the figures of the source's queries
      And Ada is answered with 3 searches used 7 times, 2 of them expired
      And Ada is answered with 2 scores used 1 time, 1 of them expired
      And nothing else was changed

    Scenario: an empty cache
      Given Ada has an account
      When Ada asks for the cache's figures
      Then Ada is answered with the figures of the source's queries
      And Ada is answered with 0 searches used 0 times, 0 of them expired
      And Ada is answered with 0 scores used 0 times, 0 of them expired
      And Ada is answered with no share of hits
      And nothing else was changed

    Scenario: more entries than the ten that are used most
      Given Ada has an account
      And Ada has 12 searches and 12 scores, used from 0 to 11 times
      When Ada asks for the cache's figures
      Then Ada is answered with the figures of the source's queries
      And Ada is answered with the 10 entries of each cache that are used most
      And nothing else was changed

    Scenario: after a purge
      Given Ada has an account
      And the cache has 40 searches, each used 3 times and the first 30 of them expired
      And the operator runs "cache cleanup"
      When Ada asks for the cache's figures
      Then Ada is answered with the figures of the source's queries
      And Ada is answered with 10 searches used 30 times, 0 of them expired

  @PC-7 @both-databases
  Rule: The share of hits is that of the requests that were made, each cache by itself

    Scenario Outline: <asked>
      Given the upstream is well
      And Ada has <asked>
      When Ada asks for the cache's figures
      Then Ada is answered with <share>

      Examples:
        | asked                          | share                                              |
        | 1 miss and 3 hits of searches  | a share of 0.75 for searches and none for scores   |
        | 3 misses and 1 hit of searches | a share of 0.25 for searches and none for scores   |

    @workers.2 @target.process @cost.seconds
    Scenario: two worker processes
      Given the upstream is well
      And a server with 2 worker processes
      And Ada has 1 miss and 39 hits of searches
      When Ada asks for the cache's figures
      Then Ada is answered with a share of 0.975 for searches and none for scores

    Scenario: a miss of either cache
      Given the upstream is well
      And Ada has 1 miss of searches
      And Ada asks for the scores of B0STRONG01
      When Ada asks for the cache's figures
      Then Ada is answered with a share of 0 for searches and of 0 for scores

    Scenario: scores alone
      Given the upstream is well
      And Ada asks for the scores of B0STRONG01 and B0BUY00001
      And Ada asks for the scores of B0STRONG01 and B0BUY00001
      When Ada asks for the cache's figures
      Then Ada is answered with no share for searches and of 0.5 for scores

    Scenario: a purge forgets entries, and no hits
      Given the upstream is well
      And Ada has 1 miss and 3 hits of searches
      And the cache has these entries
        | cache    | entry         | expires    | hits |
        | searches | category 1000 | 1 hour ago | 3    |
      And the operator runs "cache cleanup"
      When Ada asks for the cache's figures
      Then Ada is answered with a share of 0.75 for searches and none for scores
      And Ada is answered with 0 searches used 0 times, 0 of them expired

    Scenario: requests that fail are misses
      Given the upstream is well
      And Ada has 1 miss and 1 hit of searches
      And the upstream answers with 400
      And Ada tries to ask for the products of category 3000
      And Ada tries to ask for the products of category 3000
      When Ada asks for the cache's figures
      Then Ada is answered with a share of 0.25 for searches and none for scores
