import java.io.FileInputStream;
import java.io.InputStream;
import java.net.URI;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** java CheckOcsp.java CA RESPONDER CERTIFICATE...: says VALID, or the reason why not, a line each. */
public class CheckOcsp {
    public static void main(String[] arguments) throws Exception {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        X509Certificate ca = (X509Certificate) factory.generateCertificate(open(arguments[0]));
        for (int place = 2; place < arguments.length; place++) {
            X509Certificate subscriber = (X509Certificate) factory.generateCertificate(open(arguments[place]));
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(ca, null)));
            CertPathValidator validator = CertPathValidator.getInstance("PKIX");
            PKIXRevocationChecker checker = (PKIXRevocationChecker) validator.getRevocationChecker();
            checker.setOcspResponder(URI.create(arguments[1]));
            checker.setOptions(EnumSet.of(PKIXRevocationChecker.Option.NO_FALLBACK));
            parameters.addCertPathChecker(checker);
            CertPath path = factory.generateCertPath(List.of(subscriber));
            try {
                validator.validate(path, parameters);
                System.out.println("VALID");
            } catch (CertPathValidatorException refused) {
                System.out.println(refused.getReason());
            }
        }
    }

    private static InputStream open(String path) throws Exception {
        return new FileInputStream(path);
    }
}
