Feature: One request does not hold up others
  A server that works at one stranger's 8 MB must answer everybody else. Work that grows with what was sent is linear and
  done beside the others' requests, or it is cut: errors are worded for small bodies only, and long pages end early.

  @SV-7 @target.process
  Rule: 99 of 100 others are answered within 100 ms, whatever somebody sends and asks for

    Scenario Outline: <what>
      Given Grace has as many of the largest articles as a batch holds
      When somebody sends <what>
      Then somebody is answered with status <status>, and holds nobody up
      And the server is well

      Examples:
        | what                                    | status |
        | 8 MB of numbers behind one that is none | 400    |
        | a query of 30000 parameters             | 422    |

      @cost.seconds
      Examples: more
        | what                                         | status |
        | 8 MB of brackets                             | 422    |
        | a request for a page of the largest articles | 200    |
        | 8 MB of articles without a title             | 422    |
        | 8 MB in one name                             | 422    |
