Feature: Purging what has expired
  Tables that only grow make a database slow and its bill long. A purge may run at any time, beside everything else, and
  takes nothing that somebody still needs.

  @PC-2 @both-databases
  Rule: A purge removes exactly the entries whose expiry is past, and reports how many and which

    Scenario: an entry that has expired, and one that has not
      Given the cache has these entries
        | cache    | entry     | expires      | hits |
        | searches | expired   | 1 hour ago   | 3    |
        | searches | just-now  | 1 second ago | 0    |
        | searches | valid     | in 24 hours  | 2    |
        | scores   | old-score | 1 hour ago   | 1    |
        | scores   | new-score | in 1 minute  | 4    |
      When the operator runs "cache cleanup"
      Then it ends with exit code 0
      And the cleanup removed 2 searches and 1 score
      And the cache has these entries
        | cache    | entry     | expires     | hits |
        | searches | valid     | in 24 hours | 2    |
        | scores   | new-score | in 1 minute | 4    |
      And nothing else was changed

    Scenario Outline: a purge that finds nothing expired: <which>
      Given the cache has these entries
        | cache   | entry | expires     | hits |
        | <cache> | valid | in 1 minute | 0    |
      When the operator runs "cache cleanup"
      Then it ends with exit code 0
      And the cleanup removed 0 searches and 0 scores
      And nothing else was changed

      Examples:
        | which           | cache    |
        | a search        | searches |
        | a score         | scores   |

    Scenario: a purge of an empty cache
      Given Ada has an account
      When the operator runs "cache cleanup"
      Then it ends with exit code 0
      And the cleanup removed 0 searches and 0 scores
      And nothing else was changed

    Scenario: the keys of what was removed
      Given the cache has these entries
        | cache    | entry    | expires     | hits |
        | searches | search-a | 1 hour ago  | 0    |
        | searches | search-b | in 24 hours | 0    |
        | scores   | score-a  | 1 hour ago  | 0    |
      When the operator runs "cache cleanup --verbose"
      Then it ends with exit code 0
      And the cleanup says each key that it removed, and no other
      And the cleanup removed 1 search and 1 score
      And nothing else was changed

    Scenario: more expired entries than are removed at a time
      Given the cache has 3000 searches, each used 1 time and the first 2500 of them expired
      And the cache has 40 scores, each used 1 time and the first 30 of them expired
      When the operator runs "cache cleanup"
      Then it ends with exit code 0
      And the cleanup removed 2500 searches and 30 scores
      And nothing else was changed

  @PC-2 @both-databases
  Rule: A purge never removes an entry that was refreshed meanwhile

    Scenario: an entry is being refreshed when the purge comes to it
      Given Ada has an account
      And the cache has these entries
        | cache    | entry     | expires    | hits |
        | searches | refreshed | 1 hour ago | 3    |
        | searches | expired   | 1 hour ago | 3    |
      And Grace has the refresh of an expired search under way
      When the operator runs "cache cleanup"
      Then the cleanup removed 1 search and 0 scores
      And the cache has these entries
        | cache    | entry     | expires     | hits |
        | searches | refreshed | in 24 hours | 0    |
      And nothing else was changed

    Scenario: an entry is purged while it is asked for again
      Given the upstream is well
      And Ada asks for the products of category 1000
      And the cache has these entries
        | cache    | entry         | expires    | hits |
        | searches | category 1000 | 1 hour ago | 3    |
      And Ada has a search of category 1000 under way
      When the operator runs "cache cleanup"
      Then the request of Ada is answered
      And the cache has these entries
        | cache    | entry         | expires     | hits |
        | searches | category 1000 | in 24 hours | 0    |
      And nothing else was changed
