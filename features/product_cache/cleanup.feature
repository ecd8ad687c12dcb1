Feature: Keeping the tables in order
  The operator purges the cache from cron, by the server's own timer, or in the database; and sees after an upgrade that
  the tables are what the service relies on.

  @PC-8 @both-databases
  Rule: A command checks columns and indexes of both tables

    Scenario: tables as they should be
      Given Ada has an account
      When the operator runs "cache verify"
      Then it ends with exit code 0
      And nothing else was changed

    Scenario Outline: a database that <database>
      Given a server whose database <database>
      When the operator runs "cache verify"
      Then it ends with exit code 1
      And it says "<table>"
      And it says "<what>"

      Examples:
        | database                               | table                   | what            |
        | has no filters of searches             | product_discovery_cache | filters_applied |
        | has no index on the expiry of searches | product_discovery_cache | expires_at      |
        | has no scores at all                   | product_scoring_cache   | product_scoring |

      @cost.seconds
      Examples: more
        | database                               | table                   | what            |
        | has no prices of scores                | product_scoring_cache   | price           |
        | has no index on the expiry of scores   | product_scoring_cache   | expires_at      |

    Scenario Outline: a database that is not there: <command>
      Given a server whose database is not there
      When the operator runs "<command>"
      Then it ends with exit code 4

      Examples:
        | command       |
        | cache verify  |
        | cache cleanup |

  @PC-8 @both-databases
  Rule: The SQL for pg_cron is that of the purge, hourly

    Scenario: what is printed
      Given Ada has an account
      When the operator runs "cache cleanup --print-pg-cron"
      Then it ends with exit code 0
      And the cleanup is printed for pg_cron
      And nothing else was changed

    @database.postgres
    Scenario: what it does when it is run
      Given the cache has these entries
        | cache    | entry     | expires     | hits |
        | searches | expired   | 1 hour ago  | 3    |
        | searches | valid     | in 24 hours | 2    |
        | scores   | old-score | 1 hour ago  | 1    |
        | scores   | new-score | in 1 minute | 4    |
      When the operator runs "cache cleanup --print-pg-cron"
      Then the cleanup is printed for pg_cron
      And the cache has these entries
        | cache    | entry     | expires     | hits |
        | searches | valid     | in 24 hours | 2    |
        | scores   | new-score | in 1 minute | 4    |

  @PC-8 @both-databases @target.process
  Rule: The server purges by its own timer where it is told to, once an interval among all workers and servers

    Scenario Outline: <servers>, an interval of a second
      Given the switch CACHE_CLEANUP_INTERVAL_S is set to "1"
      And <servers>
      And Ada has an account
      And the cache has these entries
        | cache    | entry   | expires     | hits |
        | searches | expired | 1 hour ago  | 0    |
        | searches | valid   | in 24 hours | 0    |
        | scores   | expired | 1 hour ago  | 0    |
      When the timer has purged 4 times
      Then the cleanup has run once a second
      And the cache has these entries
        | cache    | entry | expires     | hits |
        | searches | valid | in 24 hours | 0    |

      Examples: one process
        | servers                        |
        | a server with 1 worker process |

      @cost.seconds
      Examples: two servers
        | servers                         |
        | 2 servers that share a database |

      @cost.seconds @workers.2
      Examples: two worker processes
        | servers                          |
        | a server with 2 worker processes |

    @cost.seconds
    Scenario: the server that purges is killed
      Given the switch CACHE_CLEANUP_INTERVAL_S is set to "1"
      And 2 servers that share a database
      And Ada has an account
      And the first server is killed
      When the timer has purged 3 times
      Then the cleanup has run once a second

  @PC-8 @both-databases
  Rule: A server that is not told to does not purge

    Scenario: no timer
      Given Ada has an account
      And the cache has these entries
        | cache    | entry   | expires    | hits |
        | searches | expired | 1 hour ago | 0    |
      When Ada asks for the cache's figures
      Then Ada is answered with the figures of the source's queries
      And the cleanup has not run by itself
      And nothing else was changed

  @PC-8 @both-databases @target.inprocess
  Rule: The timer goes by the clock: what expires within the interval is gone after it, to the tick

    Scenario: an hour passes
      Given the switch CACHE_CLEANUP_INTERVAL_S is set to "3600"
      And today is "2026-11-22T12:34:56Z"
      And Ada has an account
      And the cache has these entries
        | cache    | entry     | expires                | hits |
        | searches | before    | in 3599.999999 seconds | 0    |
        | searches | at-once   | in 3600 seconds        | 0    |
        | scores   | after-all | in 3600.000001 seconds | 0    |
      When the server has its clock put forward by 1 hour
      Then the cache soon has these entries
        | cache    | entry     | expires             | hits |
        | searches | at-once   | in 0 seconds        | 0    |
        | scores   | after-all | in 0.000001 seconds | 0    |
