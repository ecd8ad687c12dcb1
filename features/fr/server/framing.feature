# language: fr
Fonctionnalité: Où finit un message
  Client et serveur doivent s'accorder sur la fin de chaque message. Sinon, une partie de l'un est exécutée comme une
  autre demande. Ce que le serveur ne parle pas est refusé ou ignoré ; à ce qu'il a accepté il répond, quoi qu'il suive.

  @SV-6
  Règle: Ce que le serveur ne parle pas est refusé avant d'être exécuté

    Plan du scénario: <quoi>
      Étant donné qu'il y a 3 articles
      Quand quelqu'un envoie <quoi>
      Alors quelqu'un est refusé avec <statut> "<mots>"
      Et le serveur va bien
      Et rien d'autre n'a changé

      Exemples:
        | quoi                    | statut | mots                      |
        | une demande en HTTP/2.0 | 505    | Only HTTP/1.1 and         |
        | une demande sans hôte   | 400    | One Host header is wanted |
        | une demande de tunnel   | 501    | no tunnel                 |

      @cost.seconds
      Exemples: suite
        | quoi                                        | statut | mots                      |
        | une demande en HTTP/0.9                     | 505    | Only HTTP/1.1 and         |
        | une demande avec deux hôtes                 | 400    | One Host header is wanted |
        | un compte dans un codage inconnu            | 501    | transfer coding           |
        | les premiers octets de HTTP/2               | 400    | Invalid                   |
        | une demande dont l'hôte n'en est pas un     | 400    | names no host             |
        | un compte avec une longueur et en fragments | 400    | Invalid                   |

  @SV-6
  Règle: Un changement de protocole est ignoré, et son corps est lu jusqu'au bout

    Plan du scénario: un passage à <protocole> avec un corps <forme>
      Étant donné qu'il y a 3 articles
      Quand quelqu'un envoie un passage à <protocole> dont le corps, <forme>, supprime un article
      Alors quelqu'un reçoit deux signes de vie
      Et le serveur va bien
      Et rien d'autre n'a changé

      Exemples:
        | protocole | forme                |
        | h2c       | de longueur annoncée |
        | websocket | en fragments         |

      @cost.seconds
      Exemples: suite
        | protocole | forme                |
        | TLS/1.0   | de longueur annoncée |
        | h2c       | en fragments         |

  @SV-6
  Règle: Une demande acceptée reçoit sa réponse, même si son client n'envoie plus rien, ou n'importe quoi

    Scénario: un client qui a clos son côté
      Étant donné qu'Ada a un thème natal
      Quand quelqu'un envoie un compte, puis la fin de son envoi
      Alors quelqu'un reçoit le compte demandé
      Et le serveur va bien

    Plan du scénario: <quoi>
      Étant donné que l'option HEAD_S_MAX vaut "1"
      Et que l'option BODY_S_MAX vaut "1"
      Et qu'Ada a un thème natal
      Et qu'Ada demande la révolution courante
      Quand Ada envoie une demande qui dure, <quoi>
      Alors Ada reçoit la révolution, puis un refus avec <statut>
      Et rien d'autre n'a changé

      Exemples:
        | quoi                                  | statut |
        | suivie de n'importe quoi              | 400    |
        | suivie d'un corps qui n'arrive jamais | 408    |
        | suivie d'un corps mal découpé         | 400    |

      @cost.seconds
      Exemples: suite
        | quoi                          | statut |
        | suivie d'une moitié d'en-tête | 408    |
