# language: fr
Fonctionnalité: Des montants qui n'ont pas de sens
  Un client peut envoyer n'importe quel texte comme montant. Il reçoit une seule réponse qui nomme ce qui ne va pas,
  et rien n'est déplacé.

  @VR-15 @both-databases
  Règle: Ce qui ne va pas est refusé avec le nom du champ, et ne déplace rien

    Plan du scénario: <quoi> de <montant> <devise>
      Étant donné qu'Ada a 100.00 AED dans le portefeuille
      Et qu'Ada a 5.00 AED dans le coffre
      Quand Ada envoie <quoi> of <montant> <devise>
      Alors Ada apprend que le champ "<champ>" est incorrect
      Et Ada a 100.00 AED disponibles et 5.00 AED bloqués
      Et rien d'autre n'a changé

      Exemples:
        | quoi         | montant | devise | champ    |
        | un dépôt     | 0       | AED    | amount   |
        | un dépôt     | NaN     | AED    | amount   |
        | un dépôt     | 1,00    | AED    | amount   |
        | un dépôt     | 1.001   | AED    | amount   |
        | un dépôt     | 1.5     | JPY    | amount   |
        | un dépôt     | 1.00    | XXX    | currency |
        | un versement | 0.00    | AED    | amount   |

      @cost.seconds
      Exemples: suite
        | quoi         | montant                 | devise | champ    |
        | un dépôt     | -0.01                   | AED    | amount   |
        | un dépôt     | 1e1                     | AED    | amount   |
        | un dépôt     | ١٢                      | AED    | amount   |
        | un dépôt     | 99999999999999999999999 | AED    | amount   |
        | un dépôt     | 1000000000000           | AED    | amount   |
        | un versement | 1.001                   | AED    | amount   |
        | un versement | 1.00                    | XXX    | currency |
        | un dépôt     | 0.00                    | AED    | amount   |
        | un dépôt     | +1.00                   | AED    | amount   |
        | un dépôt     | Infinity                | AED    | amount   |
        | un dépôt     | 1E+1                    | AED    | amount   |
        | un dépôt     | 0x10                    | AED    | amount   |
        | un dépôt     | 1_000                   | AED    | amount   |
        | un dépôt     | .5                      | AED    | amount   |
        | un dépôt     | 5.                      | AED    | amount   |
        | un dépôt     | 1.000                   | AED    | amount   |
        | un dépôt     | 1.0001                  | BHD    | amount   |
        | un dépôt     | 1.00                    | aed    | currency |
        | un dépôt     | 1.00                    | AE     | currency |
        | un dépôt     | 1.00                    | CHF    | currency |
        | un dépôt     | 01.00                   | AED    | amount   |
        | un versement | -5.00                   | AED    | amount   |
        | un versement | NaN                     | AED    | amount   |
        | un versement | 1e3                     | AED    | amount   |
        | un versement | 0.5                     | JPY    | amount   |
        | un versement | 99999999999999999999999 | AED    | amount   |
        | un versement | 1000000000000           | AED    | amount   |

    Plan du scénario: <quoi>
      Étant donné qu'Ada a 100.00 AED dans le portefeuille
      Quand Ada envoie <quoi>
      Alors Ada apprend que le champ "<champ>" est incorrect
      Et Ada a 100.00 AED disponibles et 0.00 AED bloqués
      Et rien d'autre n'a changé

      Exemples:
        | quoi                                            | champ           |
        | un dépôt dont le montant est un nombre          | amount          |
        | un dépôt dont le montant a 5000 chiffres        | amount          |
        | un dépôt avec sa propre échéance                | release_day     |
        | un dépôt sous une clé avec un blanc             | Idempotency-Key |
        | un versement dont l'utilisateur est le numéro 0 | user_id         |

      @cost.seconds
      Exemples: suite
        | quoi                                                           | champ           |
        | un dépôt dont le montant est nul                               | amount          |
        | un dépôt sans devise                                           | currency        |
        | un dépôt sans clé                                              | Idempotency-Key |
        | un versement sans clé                                          | Idempotency-Key |
        | un dépôt dont le montant est une fraction                      | amount          |
        | un dépôt dont le montant est vide                              | amount          |
        | un dépôt dont le montant est une liste                         | amount          |
        | un dépôt dont le montant est vrai                              | amount          |
        | un dépôt dont le montant contient un blanc                     | amount          |
        | un dépôt dont le montant contient un NUL                       | amount          |
        | un dépôt dont le montant a deux lignes                         | amount          |
        | un dépôt sans montant                                          | amount          |
        | un dépôt dont la devise est vide                               | currency        |
        | un dépôt dont la devise a deux lignes                          | currency        |
        | un dépôt dont la devise est une liste                          | currency        |
        | un dépôt sous une clé vide                                     | Idempotency-Key |
        | un dépôt sous une clé de 300 caractères                        | Idempotency-Key |
        | un versement dont le montant est un nombre                     | amount          |
        | un versement dont l'utilisateur est un mot                     | user_id         |
        | un versement dont l'utilisateur est le numéro 9007199254740992 | user_id         |

    Scénario: des montants avec moins de décimales que la devise
      Étant donné qu'Ada a 100.00 AED dans le portefeuille
      Quand Ada envoie un dépôt de 10.5 AED
      Alors Ada reçoit le lot qui s'y trouve
      Et il y a eu 1 dépôt pour Ada
      Et Ada a 89.50 AED disponibles et 10.50 AED bloqués
      Et rien d'autre n'a changé

    Plan du scénario: une devise à quatre décimales, <devise>
      Étant donné que l'option VESTING_CURRENCIES vaut "AED,CLF,UYW"
      Et qu'Ada a 0.0003 <devise> dans le portefeuille
      Quand Ada envoie un dépôt de 0.0001 <devise>
      Alors Ada reçoit le lot qui s'y trouve
      Et il y a eu 1 dépôt pour Ada
      Et Ada a 0.0002 <devise> disponibles et 0.0001 <devise> bloqués
      Et rien d'autre n'a changé

      Exemples:
        | devise |
        | CLF    |
        | UYW    |

  @VR-15
  Règle: Un passage qui n'a pas de sens est refusé par le réseau, et ne déplace rien

    Plan du scénario: <quoi>
      Étant donné que nous sommes le "2025-01-27"
      Et que Grace a un compte d'administrateur
      Et que le coffre a ces lots
        | titulaire | coffre | montant | libéré | devise | échéance   | statut |
        | Ada       | AVENIR | 100.00  | 0.00   | AED    | 2025-01-27 | VESTED |
      Quand Grace envoie <quoi>
      Alors Grace apprend que le champ "<champ>" est incorrect
      Et Ada a 0.00 AED disponibles et 100.00 AED bloqués
      Et rien d'autre n'a changé

      Exemples:
        | quoi                                | champ    |
        | une libération au 2025-01-28        | as_of    |
        | une libération au 2025-01-27 en XXX | currency |
        | une libération peut-être à blanc    | dry_run  |

      @cost.seconds
      Exemples: suite
        | quoi                                   | champ    |
        | une libération au 2025-02-30           | as_of    |
        | une libération au yesterday            | as_of    |
        | une libération sans devise             | currency |
        | une libération au 9999-12-31           | as_of    |
        | une libération au 2023-02-29           | as_of    |
        | une libération au 20250127             | as_of    |
        | une libération au 2025-W05-1           | as_of    |
        | une libération au 2025-01-27T00:00:00Z | as_of    |
        | une libération au 2025-01-27 en aed    | currency |
        | une libération sans jour               | as_of    |
        | une libération à blanc au 2025-01-28   | as_of    |

  @VR-15 @both-databases
  Règle: Il n'entre pas plus d'argent d'une devise que les livres n'en contiennent

    Scénario: un centime de plus, après le dernier qui tenait encore
      Étant donné qu'Ada a 99999999999999.98 AED dans le portefeuille
      Et que Grace a 0.01 AED dans le portefeuille
      Quand Ada envoie un versement de 0.01 AED
      Alors Ada est refusée avec 422 "more than an account can"
      Et Ada a 99999999999999.98 AED disponibles et 0.00 AED bloqués
      Et rien d'autre n'a changé
