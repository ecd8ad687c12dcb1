# language: fr
Fonctionnalité: Ce qui est compté des mauvais mots de passe
  Les mauvais mots de passe sont comptés par compte et par provenance, pendant un certain temps. Des inconnus pourraient
  remplir une base avec ce qui est compté : cela aussi a une limite.

  @SV-9 @cost.seconds
  Règle: Les mauvais mots de passe sont limités même si personne n'a réglé de limite

    Plan du scénario: <quoi>
      Étant donné qu'Ada a un compte
      Quand Ada envoie <quoi>
      Alors Ada reçoit l'invitation à réessayer dans 1 seconde
      Et le journal montre <échecs> demandes qui n'ont pas pu se connecter, avec leur provenance
      Et le journal montre 1 demande qui a été refusée après trop d'échecs
      Et rien d'autre n'a changé

      Exemples:
        | quoi                                                       | échecs |
        | 11 mauvais mots de passe, l'un après l'autre               | 10     |
        | de mauvais mots de passe pour 51 adresses que personne n'a | 50     |

  @SV-9 @target.inprocess
  Règle: Chaque mauvais mot de passe de plus double l'attente, jusqu'à une minute

    Plan du scénario: <quoi>
      Étant donné que nous sommes le "2026-11-22"
      Et que l'option SIGN_IN_ACCOUNT_FAILURES vaut "1"
      Et qu'Ada a un compte
      Quand Ada envoie <quoi>
      Alors Ada reçoit l'invitation à réessayer dans <attente>
      Et rien d'autre n'a changé

      Exemples:
        | quoi                                                        | attente     |
        | 2 mauvais mots de passe à une minute d'écart, puis un autre | 2 secondes  |
        | 4 mauvais mots de passe à une minute d'écart, puis un autre | 8 secondes  |
        | 7 mauvais mots de passe à une minute d'écart, puis un autre | 60 secondes |
        | 8 mauvais mots de passe à une minute d'écart, puis un autre | 60 secondes |

  @SV-9 @target.inprocess
  Règle: Un mauvais mot de passe est oublié après un certain temps, même si l'horloge a été reculée

    Plan du scénario: gardés <gardés> secondes, quand l'horloge <décalage>
      Étant donné que nous sommes le "2026-11-22"
      Et que l'option SIGN_IN_ACCOUNT_FAILURES vaut "3"
      Et que l'option SIGN_IN_FORGET_S vaut "<gardés>"
      Et qu'Ada envoie 3 mauvais mots de passe, l'un après l'autre
      Et que l'horloge <décalage>
      Quand Ada envoie 4 mauvais mots de passe, l'un après l'autre
      Alors Ada reçoit l'invitation à réessayer dans <attente>
      Et le journal montre <échecs> demandes qui n'ont pas pu se connecter, avec leur provenance

      Exemples:
        | décalage                | attente    | échecs | gardés |
        | avance de 60 secondes   | 2 secondes | 4      | 60     |
        | avance de 60.5 secondes | 1 seconde  | 6      | 60     |
        | recule de 60 secondes   | 1 seconde  | 3      | 60     |
        | recule de 60.5 secondes | 1 seconde  | 6      | 60     |
        | avance de 30.5 secondes | 1 seconde  | 6      | 30     |

    @cost.seconds
    Scénario: plus que ce qui est gardé
      Étant donné que nous sommes le "2026-11-22"
      Et que l'option SIGN_IN_ROWS_MAX vaut "100"
      Et que l'option SIGN_IN_SOURCE_FAILURES vaut "1000"
      Et qu'Ada a un compte
      Et qu'Ada envoie de mauvais mots de passe pour 110 adresses que personne n'a, à tour de rôle
      Et que l'horloge avance de 60 secondes
      Quand Ada demande un jeton
      Alors le journal montre 1 demande qui a oublié les plus anciens échecs, car il y en avait trop

  @SV-9
  Règle: Les huit derniers lieux d'où vient le titulaire sont connus pour chaque compte

    Plan du scénario: le mot de passe de <nombre> autres
      Étant donné que l'option SIGN_IN_ACCOUNT_FAILURES vaut "3"
      Et qu'Ada a un compte
      Et qu'Ada envoie le mot de passe depuis <nombre> autres lieux
      Et qu'Ada envoie 4 mauvais mots de passe d'ailleurs
      Quand Ada essaie de demander un jeton
      Alors Ada reçoit <réponse>
      Et rien d'autre n'a changé

      Exemples:
        | nombre | réponse                                 |
        | 7      | son propre jeton                        |
        | 8      | l'invitation à réessayer dans 1 seconde |

  @SV-9
  Règle: Toutes les adresses d'un réseau IPv6 comptent pour un seul lieu

    Plan du scénario: de mauvais mots de passe depuis 6 <lieu>
      Étant donné que l'option TRUSTED_PROXIES vaut "127.0.0.1"
      Et que l'option SIGN_IN_SOURCE_FAILURES vaut "5"
      Et qu'Ada a un compte
      Quand Ada envoie de mauvais mots de passe depuis 6 <lieu>
      Alors Ada est refusée avec <statut> "<mots>"
      Et rien d'autre n'a changé

      Exemples:
        | lieu                 | statut | mots                                        |
        | adresses d'un réseau | 429    | Too many passwords were wrong               |
        | réseaux              | 401    | The e-mail address or the password is wrong |

  @SV-9 @target.process
  Règle: Un mot de passe qui n'a pas été examiné n'est pas compté comme mauvais

    @cost.seconds
    Scénario: ceux qui ont attendu trop longtemps
      Étant donné que l'option DEV_FAST_PASSWORDS vaut "0"
      Et que l'option PASSWORDS_WAITING_MAX vaut "200"
      Et que l'option PASSWORDS_WAIT_S vaut "1"
      Et que l'option SIGN_IN_ACCOUNT_FAILURES vaut "100"
      Et qu'Ada a un compte
      Quand Ada envoie 60 mauvais mots de passe en même temps
      Alors Ada reçoit un refus pour chacun, et seul ce qui a été examiné est compté
      Et rien d'autre n'a changé
