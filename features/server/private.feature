Feature: What a server stores is private
  The database holds password hashes and people's dates of birth, the event log all articles. On a machine with several
  users none of that is theirs to read, whatever umask the server was started under.

  @SV-11 @target.process @database.sqlite
  Rule: Folders are 0700 and files 0600, whatever the umask

    Scenario: started under the umask 000
      Given the first server is to start under the umask 000
      And the switch EVENT_LOG_SNAPSHOT_EVERY is set to "10"
      And there are 30 articles
      And Ada has a natal chart
      And each generation takes 30000 ms longer
      And a request of Ada generates
      When the first server is killed once it has made all its files
      Then what is stored is open to nobody else

    Scenario: files that were put back with rights for others
      Given there are 30 articles
      And the first server has files that others can read
      When the first server is started again
      Then what is stored is open to nobody else
      And 30 articles are there
      And nothing else was changed

  @SV-11 @target.process @database.sqlite
  Rule: A folder that others can open is refused in production, with the command that mends it

    Scenario Outline: a server that <state>
      Given a server whose environment is "production"
      And there is 1 article
      And the first server <state>
      When a server is started
      Then it ends with exit code 64
      And it says "Mend it: chmod go= /"
      And nothing else was changed

      Examples:
        | state                                  |
        | has a data folder that others can read |

      @cost.seconds
      Examples: more
        | state                                           |
        | has a log folder that others can write to       |
        | has a database in a folder that others can read |

    @cost.seconds
    Scenario: mended as it says
      Given a server whose environment is "production"
      And there is 1 article
      And the first server has a data folder that others can read
      When the first server is started again as the refusal says
      Then what is stored is open to nobody else
      And 1 article is there
      And nothing else was changed

  @SV-11 @target.process @database.sqlite
  Rule: In development such a folder is used, and the log says so

    @cost.seconds
    Scenario: a data folder that others can read
      Given there is 1 article
      And the first server has a data folder that others can read
      When a server is started
      Then it says "open_to_others"
      And it ends with exit code 4
      And nothing else was changed
