Feature: Many entries at the same time
  Searches of many users come together. They work on entries of their own, and must not wait for each other or end in a
  deadlock.

  @PC-4 @both-databases
  Rule: Ten clients that each add, read and use an entry of their own all succeed, each entry used once

    Scenario Outline: ten clients, <how>
      Given the upstream is well
      And Ada has an account
      When 10 clients each add, read and use an entry of their own, <how>
      Then all 10 of them are granted
      And each of the 10 entries was used once, all of them in less than 30 seconds
      And nothing else was changed

      Examples:
        | how              |
        | past the server  |
        | over the network |

  @PC-4 @database.postgres @alone
  Rule: On Postgres that takes less than 0.9 seconds in all

    Scenario Outline: ten clients on a Postgres, <how>
      Given the upstream is well
      And Ada has an account
      When 10 clients each add, read and use an entry of their own, <how>
      Then all 10 of them are granted
      And each of the 10 entries was used once, all of them in less than 0.9 seconds
      And nothing else was changed

      Examples:
        | how              |
        | past the server  |
        | over the network |
