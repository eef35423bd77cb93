"""What a certificate's fields are called in Japanese on the sheet that shows them (28, 40(4))."""

ATTRIBUTES = {
    "2.5.4.3": "名称（CN）",
    "2.5.4.5": "識別番号（serialNumber）",
    "2.5.4.6": "国（C）",
    "2.5.4.7": "市区町村（L）",
    "2.5.4.8": "都道府県（ST）",
    "2.5.4.9": "町名・番地（street）",
    "2.5.4.10": "組織名（O）",
    "2.5.4.11": "部門名（OU）",
    "2.5.4.13": "代理権（description）",
    "2.5.4.97": "法人番号（organizationIdentifier）",
}

KEY_USAGE = {
    "digital_signature": "電子署名（digitalSignature）",
    "content_commitment": "否認防止（nonRepudiation）",
    "key_encipherment": "鍵暗号化（keyEncipherment）",
    "data_encipherment": "データ暗号化（dataEncipherment）",
    "key_agreement": "鍵合意（keyAgreement）",
    "key_cert_sign": "証明書への署名（keyCertSign）",
    "crl_sign": "失効リストへの署名（cRLSign）",
}

ACCESS_METHODS = {
    "1.3.6.1.5.5.7.48.1": "OCSPレスポンダ",
    "1.3.6.1.5.5.7.48.2": "発行者証明書の所在",
}

ALGORITHMS = {
    "1.2.840.113549.1.1.11": "SHA256withRSA",
    "1.2.840.113549.1.1.12": "SHA384withRSA",
    "1.2.840.113549.1.1.13": "SHA512withRSA",
}

CRITICAL = "（重要）"
