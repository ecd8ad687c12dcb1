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
        | database                                  | table                   | what       |
        | has no hits of searches                   | product_discovery_cache | hit_count  |
        | has no prices of scores                   | product_scoring_cache   | price      |
        | has no index on the expiry of searches    | product_discovery_cache | expires_at |
        | has no index on the expiry of scores      | product_scoring_cache   | expires_at |
        | has no searches at all                    | product_discovery_cache | product_discovery_cache |

    Scenario: a database that is not there
      Given a server whose database is not there
      When the operator runs "cache verify"
      Then it ends with exit code 4

  @PC-8 @both-databases
  Rule: The SQL for pg_cron is that of the purge, hourly

    Scenario: what is printed
      Given Ada has an account
      When the operator runs "cache cleanup --print-pg-cron"
      Then it ends with exit code 0
      And it says "cron.schedule"
      And it says "0 * * * *"
      And the SQL that it says purges as the command does
      And nothing else was changed

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
      Then it has purged once a second
      And the cache has these entries
        | cache    | entry   | expires     | hits |
        | searches | valid   | in 24 hours | 0    |

      Examples: one process
        | servers                   |
        | a server with 1 worker process |

      @cost.seconds
      Examples: several
        | servers                            |
        | a server with 2 worker processes   |
        | 2 servers that share a database    |

    @cost.seconds
    Scenario: the server that purges is killed
      Given the switch CACHE_CLEANUP_INTERVAL_S is set to "1"
      And 2 servers that share a database
      And Ada has an account
      And the first server is killed
      When the timer has purged 2 times on the second server
      Then it has purged once a second

    Scenario: no timer unless it is asked for
      Given Ada has an account
      And the cache has these entries
        | cache    | entry   | expires    | hits |
        | searches | expired | 1 hour ago | 0    |
      When somebody asks for what the server says of itself
      Then the timer has not purged
      And nothing else was changed
