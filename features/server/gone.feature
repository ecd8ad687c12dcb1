Feature: When a server's files are taken away
  Somebody rotates logs, cleans up, or puts a copy in place while the server runs. A file that is open takes what is
  written to it whatever became of its name, and all of it is lost at the next start. So the server looks, and refuses.

  @SV-12 @target.process
  Rule: Nothing is acknowledged into an event log that is not there, and what was acknowledged is found again

    Scenario Outline: its <what>
      Given there are 30 articles
      When the first server has its <what>
      And Ada sends an article
      Then Ada is refused with 503 "Others have moved or changed"
      And Ada is answered with life, and no readiness without its event log
      When the first server is <started again>
      Then 30 articles are there
      And the log is whole

      Examples:
        | what                         | started again                                |
        | event log moved away         | started again on the log that was moved away |
        | event log added to by others | started again                                |

      @cost.seconds
      Examples: its siblings
        | what                          | started again                                   |
        | event log deleted             | started again on the rescued log                |
        | event log's folder moved away | started again on the folder that was moved away |
        | event log replaced by a copy  | started again on the rescued log                |
        | event log's folder deleted    | started again on the rescued log                |

    @cost.seconds
    Scenario: cut to nothing, and then killed
      Given there are 30 articles
      When the first server has its event log cut to nothing
      And Ada sends an article
      Then Ada is refused with 503 "Others have moved or changed"
      And Ada is answered with life, and no readiness without its event log
      When the first server is killed once it has kept what it can
      And a server is started
      Then it ends with exit code 1
      And it says "the log was durable up to event 29"

    Scenario: nobody writes
      Given there is 1 article
      When the first server has its event log deleted
      Then somebody is answered with life, and no readiness without its event log

  @SV-12 @target.process @database.sqlite
  Rule: Nothing is acknowledged into a SQLite database that is not there

    Scenario Outline: its <what>
      Given Ada has a natal chart
      And Ada asks for the current return
      When the first server has its <what>
      And somebody sends an account of 65536 bytes
      Then somebody is refused with 503 "moved or changed by others"
      And somebody is answered with life, and no readiness without its files
      When the first server is <started again>
      Then Ada has returns for 12 consecutive months
      And nothing else was changed

      Examples:
        | what                | started again                                     |
        | database moved away | started again on the database that was moved away |
        | database deleted    | started again on the rescued database             |

    Scenario: its -wal deleted, and then killed
      Given Ada has a natal chart
      And Ada asks for the current return
      When the first server has its database's -wal deleted
      And somebody sends an account of 65536 bytes
      Then somebody is refused with 503 "moved or changed by others"
      And somebody is answered with life, and no readiness without its files
      When the first server is killed once it has kept what it can
      And the first server is started again
      Then Ada has returns for 12 consecutive months
      And nothing else was changed

    Scenario Outline: its <what>
      Given Ada has a natal chart
      When the first server has its <what>
      And somebody sends an account of 65536 bytes
      Then somebody is refused with 503 "moved or changed by others"
      And somebody is answered with life, and no readiness without its files

      Examples:
        | what                           |
        | database cut to nothing        |
        | database's -wal cut to nothing |

  @SV-12 @target.process
  Rule: A folder has one owner, also when its lock file was removed

    @cost.seconds
    Scenario: a second server on the first one's files
      Given there is 1 article
      When the first server loses its lock file
      And a server is started
      Then it ends with exit code 4
      And it says "is owned by another process"
      And 1 article is there
