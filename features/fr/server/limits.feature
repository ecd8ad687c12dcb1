# language: fr
Fonctionnalité: Demandes trop grandes ou trop lentes
  Un inconnu ne doit pouvoir ni remplir la mémoire du serveur ni accaparer ses connexions. Les clients qui restent dans
  les limites sont servis jusqu'au dernier octet permis, même pendant que d'autres les dépassent.

  @SV-2
  Règle: Les demandes trop grandes ou trop lentes sont refusées, pendant que d'autres sont servies

    Plan du scénario: <quoi>
      Étant donné que l'option HEAD_S_MAX vaut "1"
      Et que l'option BODY_S_MAX vaut "1"
      Quand quelqu'un envoie <quoi>
      Alors quelqu'un est refusé avec <statut> "<mots>"
      Et le serveur va bien
      Et rien d'autre n'a changé

      Exemples:
        | quoi                                  | statut | mots                      |
        | un en-tête de 300 Mo                  | 431    | head is over 65536 bytes  |
        | une moitié d'en-tête, sans suite      | 408    | head took longer than 1 s |
        | un corps de 20 Mo                     | 413    | body is over 65536 bytes  |
        | un corps de 1 Mo là où aucun n'est lu | 405    | Method Not Allowed        |
        | ce qui n'est pas du HTTP              | 400    | Invalid                   |

      @cost.seconds
      Exemples: suite
        | quoi                                   | statut | mots                           |
        | un en-tête de 65537 octets             | 431    | head is over 65536 bytes       |
        | un silence                             | 408    | head took longer than 1 s      |
        | une moitié de corps, sans suite        | 408    | body did not arrive within 1 s |
        | un compte de 65537 octets              | 413    | body is over 65536 bytes       |
        | un compte de 65537 octets en fragments | 413    | body is over 65536 bytes       |

  @SV-2
  Règle: Un client qui est parti n'est pas refusé pour lenteur

    @cost.seconds
    Scénario: une moitié de compte
      Étant donné que l'option HEAD_S_MAX vaut "2"
      Et que l'option BODY_S_MAX vaut "1"
      Et que Grace a une moitié de compte en cours, sur une connexion réinitialisée
      Quand quelqu'un envoie une moitié d'en-tête, sans suite
      Alors quelqu'un est refusé avec 408 "head took longer than 2 s"
      Et le journal montre 1 demande qui a été refusée parce qu'elle était trop lente

  @SV-2
  Règle: Les demandes aussi grandes que permis sont servies

    Plan du scénario: <quoi>
      Étant donné qu'Ada a un thème natal
      Quand quelqu'un envoie <quoi>
      Alors quelqu'un reçoit <réponse>
      Et le serveur va bien

      Exemples:
        | quoi                       | réponse           |
        | un en-tête de 65536 octets | un signe de vie   |
        | un compte de 65535 octets  | le compte demandé |

      @cost.seconds
      Exemples: suite
        | quoi                                   | réponse           |
        | un compte de 65536 octets              | le compte demandé |
        | un compte de 65536 octets en fragments | le compte demandé |

  @SV-2
  Règle: Autant de connexions que permis sont servies, et celle de trop l'apprend

    Scénario: autant que permis
      Étant donné que l'option CONNECTIONS_MAX vaut "16"
      Et qu'Ada a un thème natal
      Et que Grace a 15 connexions ouvertes
      Quand Ada essaie de demander la révolution courante
      Alors Ada reçoit une révolution qui a commencé
      Et Ada a des révolutions pour 12 mois consécutifs
      Et rien d'autre n'a changé

    Scénario: une de plus
      Étant donné que l'option CONNECTIONS_MAX vaut "16"
      Et qu'Ada a un thème natal
      Et que Grace a 16 connexions ouvertes
      Quand Ada essaie de demander la révolution courante
      Alors Ada reçoit un refus pour trop de connexions
      Et rien d'autre n'a changé
